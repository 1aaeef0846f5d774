//! What a process has not finished is known to all of it, so this test is alone in its own.
#![allow(clippy::unwrap_used)] // tests fail by panicking

use std::fs;
use std::sync::mpsc;
use std::thread;
use std::time::Duration;

use edgeconv_files::{Staging, remove_unfinished};

#[test]
fn what_a_signal_interrupts_is_removed_and_nothing_new_is_made() {
    let folder = tempfile::tempdir().unwrap();
    let count = || fs::read_dir(folder.path()).unwrap().count();
    let [staging, published] = [(); 2].map(|()| Staging::inside(folder.path()).unwrap());
    staging.write("half", "of a file").unwrap();
    published.publish(&folder.path().join("result")).unwrap();
    let interrupted = remove_unfinished();
    assert_eq!(count(), 1);

    let (done, is_done) = mpsc::channel();
    let inside = folder.path().to_owned();
    let late = thread::spawn(move || {
        let staging = Staging::inside(&inside).unwrap();
        done.send(()).unwrap();
        staging
    });
    is_done.recv_timeout(Duration::from_millis(200)).unwrap_err();
    assert_eq!(count(), 1);
    drop(interrupted);
    is_done.recv().unwrap();
    drop((late.join().unwrap(), staging));
    assert_eq!(count(), 1);
}
