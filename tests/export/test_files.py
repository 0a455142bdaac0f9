"""Files appear whole or not at all."""

import errno
import os
from pathlib import Path

import pytest

from kg.errors import UsageError
from kg.files import atomic_write


def test_a_file_appears_when_all_is_written(tmp_path: Path) -> None:
    path = tmp_path / "out.ttl"
    with atomic_write(path) as stream:
        stream.write(b"half")
        stream.flush()
        assert not path.exists()
    assert path.read_bytes() == b"half"
    assert os.listdir(tmp_path) == ["out.ttl"]


@pytest.mark.parametrize("error", [ValueError, KeyboardInterrupt, OSError])
def test_after_an_error_what_was_there_stays(tmp_path: Path, error: type[BaseException]) -> None:
    path = tmp_path / "out.ttl"
    path.write_bytes(b"old")

    def write() -> None:
        with atomic_write(path) as stream:
            stream.write(b"new")
            raise error

    with pytest.raises(error):
        write()
    assert path.read_bytes() == b"old"
    assert os.listdir(tmp_path) == ["out.ttl"]


def test_a_full_disk_is_put_into_words(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match=r"No space left on device \(make room"), atomic_write(tmp_path / "x"):
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
    assert os.listdir(tmp_path) == []


def test_folders_that_are_missing_or_in_the_way(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="No such file"), atomic_write(tmp_path / "no" / "out"):
        pass
    with pytest.raises(UsageError, match="Is a directory"), atomic_write(tmp_path):
        pass


def test_permissions_and_links_stay(tmp_path: Path) -> None:
    path, link = tmp_path / "real", tmp_path / "link"
    path.write_bytes(b"old")
    path.chmod(0o640)
    link.symlink_to(path)
    with atomic_write(link) as stream:
        stream.write(b"new")
    assert (link.is_symlink(), path.read_bytes(), path.stat().st_mode & 0o777) == (True, b"new", 0o640)


def test_new_files_have_ordinary_permissions(tmp_path: Path) -> None:
    (tmp_path / "ordinary").touch()
    with atomic_write(tmp_path / "out"):
        pass
    assert (tmp_path / "out").stat().st_mode == (tmp_path / "ordinary").stat().st_mode


def test_devices_are_written_directly() -> None:
    with atomic_write("/dev/null") as stream:
        stream.write(b"gone")
    assert Path("/dev/null").is_char_device()


def test_a_dash_is_standard_output(capfdbinary: pytest.CaptureFixture[bytes]) -> None:
    with atomic_write("-") as stream:
        stream.write(b"out")
    assert capfdbinary.readouterr().out == b"out"
