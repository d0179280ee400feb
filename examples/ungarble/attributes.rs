//! What else belongs to a file that is rewritten: extended attributes, and with them
//! access control lists, which Linux keeps as such.
//!
//! From the old file, they go to the new one before its mode is set: a mode that
//! forbids writing forbids attributes too.

use std::fs::File;
use std::io;
use std::path::Path;

/// An access control list. A folder may hand down one that the old file had not.
const ACCESS_LIST: &[u8] = b"system.posix_acl_access";

/// What belongs to the old content and not to the file: a privilege, checked sums.
/// Writing into a file takes the first away as well.
const OF_CONTENT: [&[u8]; 3] = [b"security.capability", b"security.ima", b"security.evm"];

/// Gives the new file the attributes of the old one. Those that only the system may
/// set are kept where the system lets us.
#[cfg(unix)]
pub fn keep(new: &File, old: &Path) -> io::Result<()> {
    use std::os::unix::ffi::OsStrExt;
    use xattr::FileExt;
    let Ok(names) = xattr::list(old) else {
        // A file system that has none.
        return Ok(());
    };
    let names: Vec<_> = names.filter(|name| !OF_CONTENT.contains(&name.as_bytes())).collect();
    if !names.iter().any(|name| name.as_bytes() == ACCESS_LIST) {
        let list = std::ffi::OsStr::from_bytes(ACCESS_LIST);
        if new.get_xattr(list).is_ok_and(|value| value.is_some()) {
            new.remove_xattr(list)?;
        }
    }
    for name in names {
        let Some(value) = xattr::get(old, &name)? else { continue };
        let ours = name.as_bytes().starts_with(b"user.") || name.as_bytes() == ACCESS_LIST;
        match new.set_xattr(&name, &value) {
            Err(error) if ours => return Err(error),
            _ => {}
        }
    }
    Ok(())
}

#[cfg(not(unix))]
pub fn keep(_: &File, _: &Path) -> io::Result<()> {
    Ok(())
}

#[cfg(all(test, target_os = "linux"))]
mod tests {
    use super::*;
    use std::fs;
    use std::io::Write;
    use std::os::unix::fs::PermissionsExt;

    /// A list as the kernel has it: version 2, then tag, permission and id of each entry.
    fn list(entries: &[(u16, u16, u32)]) -> Vec<u8> {
        let mut bytes = 2u32.to_le_bytes().to_vec();
        for (tag, permission, id) in entries {
            bytes.extend(tag.to_le_bytes());
            bytes.extend(permission.to_le_bytes());
            bytes.extend(id.to_le_bytes());
        }
        bytes
    }

    #[test]
    fn attributes_and_access_lists_go_along_and_none_are_handed_down() {
        let folder = std::env::temp_dir().join(format!("ungarble-{}-acl", std::process::id()));
        fs::create_dir_all(&folder).unwrap();
        let (old, plain) = (folder.join("old"), folder.join("plain"));
        fs::write(&old, "old").unwrap();
        fs::write(&plain, "plain").unwrap();
        // Owner, user 4711, group, mask, others.
        let none = u32::MAX;
        let entries = [(1, 6, none), (2, 4, 4711), (4, 0, none), (0x10, 4, none), (0x20, 0, none)];
        let supported = xattr::set(&old, "user.note", b"kept").is_ok()
            && xattr::set(&old, "system.posix_acl_access", &list(&entries)).is_ok();
        if supported {
            xattr::set(&folder, "system.posix_acl_default", &list(&entries)).unwrap();
        } else {
            // Not by `println`, which nobody sees of a test that passes; `.ci/run` counts it.
            let why = "no attributes or access lists in the folder for temporary files";
            let _ = writeln!(io::stderr(), "skipped: {why}");
        }
        let new = |name: &str, from: &Path| {
            let file = File::create(folder.join(name)).unwrap();
            keep(&file, from).unwrap();
            file.set_permissions(fs::metadata(from).unwrap().permissions()).unwrap();
            folder.join(name)
        };
        let (a, b) = (new("a", &old), new("b", &plain));
        for name in ["user.note", "system.posix_acl_access"] {
            let kept = |path: &Path| xattr::get(path, name).unwrap_or_default();
            assert_eq!(kept(&a), kept(&old), "{name}");
            assert_eq!(kept(&b), None, "{name}");
            assert_eq!(kept(&old).is_some(), supported);
        }
        for (new, from) in [(&a, &old), (&b, &plain)] {
            let mode = |path: &Path| fs::metadata(path).unwrap().permissions().mode();
            assert_eq!(mode(new), mode(from));
        }
        fs::remove_dir_all(&folder).unwrap();
    }
}
