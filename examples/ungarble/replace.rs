//! Files rewritten in place: at every moment the old one or the new one, whole.
//!
//! The new content goes to a temporary file in the same folder, is synced, given the
//! old one's owner, attributes, mode and times, and takes its name. The temporary name depends on
//! the file's name alone, and a lock says whether someone is at it: so the next run
//! finds and reuses what a killed one left behind.

use crate::attributes;
use crate::failure::{Stop, reason};
use crate::paint::shown;
use std::ffi::{OsStr, OsString};
use std::fs::{self, File, FileTimes, Metadata, OpenOptions, TryLockError};
use std::io::{self, Write};
use std::path::{Path, PathBuf};

const PREFIX: &str = ".ungarble-";

/// Content below this size is held in memory until it is known whether it is needed.
const SPOOL: usize = 32 << 20;

/// A file that is about to be replaced, and what will stand in it.
pub struct Replacement {
    /// What to call the file in messages: as the user did.
    name: PathBuf,
    /// The file itself, symbolic links followed.
    target: PathBuf,
    /// Where the old file is to stay.
    backup: Option<PathBuf>,
    /// How the file was when it was opened.
    before: Metadata,
    /// Why it must not be replaced, should there be a need to.
    refused: Option<&'static str>,
    spool: Vec<u8>,
    temporary: Option<Temporary>,
}

impl Replacement {
    /// Gets ready to replace a file; with a suffix, the old one stays under its name and
    /// the suffix. Without `force`, read-only files will be refused and those with several
    /// names, one of which would keep the old content.
    pub fn of(name: &Path, force: bool, suffix: Option<&OsStr>) -> Result<Replacement, Stop> {
        let at = |error: io::Error| Stop::at(name, reason(&error));
        let target = fs::canonicalize(name).map_err(at)?;
        let backup = suffix.map(|suffix| {
            let mut backup = target.clone().into_os_string();
            backup.push(suffix);
            PathBuf::from(backup)
        });
        remove_stray(&target);
        if let Some(backup) = &backup {
            let _ = fs::remove_file(temporary_path(backup));
        }
        let before = fs::metadata(&target).map_err(at)?;
        if !before.is_file() {
            return Err(Stop::at(name, "not a regular file: cannot be rewritten in place"));
        }
        // The backup that a killed run made is one of the names.
        let kept = backup.as_deref().is_some_and(|backup| is_there(&before, backup));
        let refused = if force {
            None
        } else if before.permissions().readonly() {
            Some("read-only: left alone (--force rewrites it)")
        } else if links(&before) > 1 + u64::from(kept) {
            Some("has several hard links: left alone (--force parts it from the others)")
        } else {
            None
        };
        let (name, spool) = (name.to_owned(), Vec::new());
        Ok(Replacement { name, target, backup, before, refused, spool, temporary: None })
    }

    /// Puts the new content in the place of the old one.
    pub fn commit(mut self) -> Result<(), Stop> {
        let at = |error: io::Error| Stop::at(&self.name, reason(&error));
        if let Some(why) = self.refused {
            return Err(Stop::at(&self.name, why));
        }
        let spool = std::mem::take(&mut self.spool);
        let mut temporary = match self.temporary.take() {
            Some(temporary) => temporary,
            None => Temporary::beside(&self.target).map_err(at)?,
        };
        temporary.file.write_all(&spool).map_err(at)?;
        let name = &self.name;
        let kept = |what: &'static str| {
            move |error: io::Error| {
                Stop::at(name, format!("{what} cannot be kept: {}", reason(&error)))
            }
        };
        // The owner first, since a change of it clears bits that the mode sets; the mode
        // last, since it may forbid all else.
        keep_owner(&temporary.file, &self.before).map_err(kept("owner"))?;
        attributes::keep(&temporary.file, &self.target).map_err(kept("attributes"))?;
        let mode = self.before.permissions();
        temporary.file.set_permissions(mode).map_err(kept("mode"))?;
        let mut times = FileTimes::new();
        if let Ok(modified) = self.before.modified() {
            times = times.set_modified(modified);
        }
        if let Ok(accessed) = self.before.accessed() {
            times = times.set_accessed(accessed);
        }
        temporary.file.set_times(times).map_err(at)?;
        temporary.file.sync_all().map_err(at)?;
        let now = fs::metadata(&self.target).map_err(at)?;
        if !same(&self.before, &now) {
            return Err(Stop::at(&self.name, "changed while it was read: left alone"));
        }
        if let Some(backup) = self.backup.as_deref().filter(|backup| !is_there(&now, backup)) {
            keep_old(&self.target, backup)
                .map_err(|error| Stop::at(backup, format!("no backup: {}", reason(&error))))?;
        }
        temporary.rename(&self.target).map_err(at)?;
        // The new name is on disk only once its folder is. Not every system can do this.
        if let Some(folder) = self.target.parent() {
            let _ = File::open(folder).and_then(|folder| folder.sync_all());
        }
        Ok(())
    }
}

impl Write for Replacement {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        if self.temporary.is_none() {
            if self.spool.len() + bytes.len() <= SPOOL {
                self.spool.extend_from_slice(bytes);
                return Ok(bytes.len());
            }
            self.temporary = Some(Temporary::beside(&self.target)?);
        }
        if let Some(temporary) = &mut self.temporary {
            let spool = std::mem::take(&mut self.spool);
            temporary.file.write_all(&spool)?;
            temporary.file.write_all(bytes)?;
        }
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// A locked file beside another; goes away unless it was renamed.
pub struct Temporary {
    file: File,
    path: Option<PathBuf>,
}

impl Temporary {
    /// The file beside one that it will replace, or that will be new.
    pub fn beside(target: &Path) -> io::Result<Temporary> {
        let path = temporary_path(target);
        let mut options = OpenOptions::new();
        options.write(true).create(true).truncate(false);
        private(&mut options);
        loop {
            let file = options.open(&path).map_err(|error| match path.is_symlink() {
                true => in_the_way(&path),
                false => error,
            })?;
            match file.try_lock() {
                Ok(()) => {}
                Err(TryLockError::WouldBlock) => {
                    let why = "another run is rewriting this file";
                    return Err(io::Error::new(io::ErrorKind::ResourceBusy, why));
                }
                // File systems without locks: the name alone has to do.
                Err(TryLockError::Error(_)) => {}
            }
            // The one who held the lock may have renamed what was opened here.
            let Ok(there) = fs::symlink_metadata(&path) else { continue };
            // A link is nothing that we left: writing would go where a stranger wants.
            if !there.is_file() || links(&there) > 1 {
                return Err(in_the_way(&path));
            }
            if is(&file.metadata()?, &there) {
                file.set_len(0)?;
                return Ok(Temporary { file, path: Some(path) });
            }
        }
    }

    /// Gives the file the name that it was made for.
    pub fn rename(mut self, target: &Path) -> io::Result<()> {
        let Some(path) = self.path.take() else { return Ok(()) };
        fs::rename(&path, target).inspect_err(|_| self.path = Some(path))
    }
}

impl Write for Temporary {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.file.write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.file.flush()
    }
}

impl Drop for Temporary {
    fn drop(&mut self) {
        if let Some(path) = &self.path {
            let _ = fs::remove_file(path);
        }
    }
}

/// Removes what a killed run left beside a file, unless a living one is at it.
fn remove_stray(target: &Path) {
    let path = temporary_path(target);
    if fs::symlink_metadata(&path).is_ok_and(|stray| stray.is_file()) {
        drop(Temporary::beside(target));
    }
}

/// Whether a file is one of ours, left by a killed run or in use by another.
pub fn is_temporary(path: &Path) -> bool {
    path.file_name().is_some_and(|name| name.as_encoded_bytes().starts_with(PREFIX.as_bytes()))
}

/// The temporary name for a file, of a fixed length, since the name may be as long
/// as names can be.
fn temporary_path(target: &Path) -> PathBuf {
    let name = target.file_name().unwrap_or_default().as_encoded_bytes();
    // FNV-1a, 64 bits.
    let hash = name.iter().fold(0xcbf2_9ce4_8422_2325_u64, |hash, byte| {
        (hash ^ u64::from(*byte)).wrapping_mul(0x0100_0000_01b3)
    });
    target.with_file_name(OsString::from(format!("{PREFIX}{hash:016x}")))
}

/// Gives the old file a second name, in the place of an older backup.
fn keep_old(target: &Path, backup: &Path) -> io::Result<()> {
    let beside = temporary_path(backup);
    match fs::hard_link(target, &beside) {
        Ok(()) => {}
        // What was left by a killed run is gone by now: this is a stranger's.
        Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {
            return Err(in_the_way(&beside));
        }
        // No hard links here.
        Err(_) => copy(target, &beside)?,
    }
    fs::rename(&beside, backup).inspect_err(|_| drop(fs::remove_file(&beside)))
}

/// Copies a file and its mode into one that is not there yet: whatever is, a link to a
/// stranger's file above all, stays as it is.
fn copy(from: &Path, to: &Path) -> io::Result<()> {
    let mut old = File::open(from)?;
    let mut options = OpenOptions::new();
    options.write(true).create_new(true);
    private(&mut options);
    let mut new = options.open(to).map_err(|error| match error.kind() {
        io::ErrorKind::AlreadyExists => in_the_way(to),
        _ => error,
    })?;
    io::copy(&mut old, &mut new)
        .and_then(|_| new.set_permissions(old.metadata()?.permissions()))
        .and_then(|()| new.sync_all())
        .inspect_err(|_| drop(fs::remove_file(to)))
}

fn in_the_way(path: &Path) -> io::Error {
    io::Error::new(io::ErrorKind::AlreadyExists, format!("{} is in the way", shown(path)))
}

/// A new file that nobody else reads, for what goes into it may come from a private one; and
/// through no link, for who placed that says where it leads.
#[cfg(unix)]
fn private(options: &mut OpenOptions) {
    use std::os::unix::fs::OpenOptionsExt;
    options.mode(0o600).custom_flags(rustix::fs::OFlags::NOFOLLOW.bits().cast_signed());
}

#[cfg(not(unix))]
fn private(_: &mut OpenOptions) {}

#[cfg(unix)]
fn links(file: &Metadata) -> u64 {
    std::os::unix::fs::MetadataExt::nlink(file)
}

#[cfg(not(unix))]
fn links(_: &Metadata) -> u64 {
    1
}

/// Whether two looks met the same file.
#[cfg(unix)]
fn is(a: &Metadata, b: &Metadata) -> bool {
    use std::os::unix::fs::MetadataExt;
    (a.dev(), a.ino()) == (b.dev(), b.ino())
}

#[cfg(not(unix))]
fn is(_: &Metadata, _: &Metadata) -> bool {
    true
}

/// Whether a file goes by this name, too.
fn is_there(file: &Metadata, name: &Path) -> bool {
    cfg!(unix) && fs::symlink_metadata(name).is_ok_and(|there| is(file, &there))
}

/// Whether a file is still as it was.
fn same(before: &Metadata, now: &Metadata) -> bool {
    is(before, now) && before.len() == now.len() && before.modified().ok() == now.modified().ok()
}

#[cfg(unix)]
fn keep_owner(file: &File, before: &Metadata) -> io::Result<()> {
    use std::os::unix::fs::{MetadataExt, fchown};
    let now = file.metadata()?;
    // Only a new owner takes a privilege.
    if (now.uid(), now.gid()) != (before.uid(), before.gid()) {
        fchown(file, Some(before.uid()), Some(before.gid()))?;
    }
    Ok(())
}

#[cfg(not(unix))]
fn keep_owner(_: &File, _: &Metadata) -> io::Result<()> {
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn file(name: &str) -> PathBuf {
        let folder = std::env::temp_dir().join(format!("ungarble-{}-{name}", std::process::id()));
        fs::create_dir_all(&folder).unwrap();
        let path = folder.join("file.txt");
        fs::write(&path, "old").unwrap();
        path
    }

    fn names(path: &Path) -> Vec<String> {
        let entries = fs::read_dir(path.parent().unwrap()).unwrap();
        entries.map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect()
    }

    fn remove(path: &Path) {
        fs::remove_dir_all(path.parent().unwrap()).unwrap();
    }

    #[test]
    fn a_file_that_changed_meanwhile_is_left_alone() {
        let path = file("changed");
        let mut new = Replacement::of(&path, false, None).unwrap();
        new.write_all(b"new").unwrap();
        fs::write(&path, "someone was here").unwrap();
        let Err(Stop::Failed(why)) = new.commit() else { panic!("it was replaced") };
        assert!(why.ends_with("changed while it was read: left alone"), "{why}");
        assert_eq!(fs::read_to_string(&path).unwrap(), "someone was here");
        assert_eq!(names(&path), ["file.txt"]);
        remove(&path);
    }

    #[test]
    fn what_is_not_committed_leaves_nothing() {
        let path = file("dropped");
        let mut new = Replacement::of(&path, false, None).unwrap();
        new.write_all(&vec![b'x'; SPOOL + 1]).unwrap();
        assert_eq!(names(&path).len(), 2);
        drop(new);
        assert_eq!(names(&path), ["file.txt"]);
        assert_eq!(fs::read_to_string(&path).unwrap(), "old");
        remove(&path);
    }

    #[test]
    fn what_a_killed_run_left_is_removed_by_the_next() {
        let path = file("stray");
        fs::write(temporary_path(&path), "half of it").unwrap();
        drop(Replacement::of(&path, false, None).unwrap());
        assert_eq!(names(&path), ["file.txt"]);
        remove(&path);
    }

    #[test]
    #[cfg(unix)]
    fn a_backup_that_a_killed_run_made_is_no_other_link() {
        let suffix = Some(OsStr::new(".bak"));
        let path = file("backup");
        let backup = path.with_file_name("file.txt.bak");
        // Killed before the backup had its name, and after.
        for left in [temporary_path(&backup), backup.clone()] {
            fs::hard_link(&path, &left).unwrap();
            let mut new = Replacement::of(&path, false, suffix).unwrap();
            new.write_all(b"new").unwrap();
            new.commit().unwrap();
            assert_eq!(fs::read_to_string(&path).unwrap(), "new");
            assert_eq!(fs::read_to_string(&backup).unwrap(), "old");
            assert_eq!(names(&path).len(), 2);
            fs::rename(&backup, &path).unwrap();
        }
        fs::hard_link(&path, path.with_file_name("other")).unwrap();
        let again = Replacement::of(&path, false, suffix).unwrap();
        assert!(again.commit().is_err());
        remove(&path);
    }

    #[test]
    #[cfg(unix)]
    fn a_link_in_the_place_of_the_backup_is_not_followed() {
        let path = file("backup-link");
        let [victim, backup] = ["victim", "file.txt.bak"].map(|name| path.with_file_name(name));
        fs::write(&victim, "precious").unwrap();
        // Placed when what a killed run may have left was removed already.
        let new = Replacement::of(&path, false, Some(OsStr::new(".bak"))).unwrap();
        let beside = temporary_path(&backup);
        std::os::unix::fs::symlink(&victim, &beside).unwrap();
        let Err(Stop::Failed(why)) = new.commit() else { panic!("it was replaced") };
        assert!(why.ends_with(" is in the way"), "{why}");
        // Nor where there are no hard links.
        let error = copy(&path, &beside).unwrap_err();
        assert_eq!(error.kind(), io::ErrorKind::AlreadyExists);
        assert_eq!(fs::read_to_string(&victim).unwrap(), "precious");
        assert_eq!(fs::read_to_string(&path).unwrap(), "old");
        assert!(beside.is_symlink() && !backup.exists());
        remove(&path);
    }

    #[test]
    #[cfg(unix)]
    fn a_backup_without_hard_links_is_a_copy_with_the_same_mode() {
        use std::os::unix::fs::PermissionsExt;
        let path = file("copy");
        let to = path.with_file_name("copy");
        fs::set_permissions(&path, fs::Permissions::from_mode(0o644)).unwrap();
        copy(&path, &to).unwrap();
        assert_eq!(fs::read_to_string(&to).unwrap(), "old");
        assert_eq!(fs::metadata(&to).unwrap().permissions().mode() & 0o7777, 0o644);
        remove(&path);
    }

    #[test]
    fn two_runs_do_not_write_the_same_file() {
        let path = file("two");
        let first = Temporary::beside(&path).unwrap();
        let second = Temporary::beside(&path);
        assert_eq!(second.err().unwrap().kind(), io::ErrorKind::ResourceBusy);
        drop(first);
        Temporary::beside(&path).unwrap();
        remove(&path);
    }

    #[test]
    #[cfg(unix)]
    fn a_link_in_the_place_of_the_temporary_file_is_not_followed() {
        let path = file("link");
        let victim = path.with_file_name("victim");
        fs::write(&victim, "precious").unwrap();
        std::os::unix::fs::symlink(&victim, temporary_path(&path)).unwrap();
        let is_refused = || {
            Temporary::beside(&path)
                .is_err_and(|error| error.kind() == io::ErrorKind::AlreadyExists)
        };
        assert!(is_refused());
        assert_eq!(fs::read_to_string(&victim).unwrap(), "precious");
        // One that leads to nothing makes nothing.
        fs::remove_file(&victim).unwrap();
        assert!(is_refused() && !victim.exists());
        remove(&path);
    }
}
