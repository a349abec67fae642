"""Keys: where they lie, who is asked, and that none shows itself."""

import copy
import pickle
import re
import stat
import sys
import traceback

import keyring
import keyring.backend
import pytest

import retailkit as rk
from retailkit.crm import NotEncrypted, keys, opening, sqlite
from retailkit.keep import CannotKeep

SECRET = "four words nobody guesses"
RECOVERY = re.compile(r"RK1(-[A-Z2-7]{4}){14}")


class Ring(keyring.backend.KeyringBackend):
    """A keyring of a test's own."""

    priority = 1

    def __init__(self):
        super().__init__()
        self.kept = {}

    def get_password(self, service, username):
        return self.kept.get((service, username))

    def set_password(self, service, username, password):
        self.kept[service, username] = password


@pytest.fixture
def ring(nobody_there, monkeypatch):
    ring = Ring()
    monkeypatch.setattr(keyring.core, "_keyring_backend", ring)
    return ring


@pytest.fixture
def somebody_there(nobody_there, monkeypatch):
    """Somebody at the keyboard, who types the same whenever they are asked."""
    asked = []
    monkeypatch.setattr(keys, "_at_a_terminal", lambda: True)
    monkeypatch.setattr(keys.getpass, "getpass", lambda question: asked.append(question) or SECRET)
    return asked


def opened(path, passphrase=None):
    """Whether it opens; a customer that was added tells it from a new one."""
    with rk.open_crm(path, passphrase) as crm:
        return crm.count("customers") == 1


@pytest.fixture
def locked(tmp_path, nobody_there):
    path = tmp_path / "shop.crm"
    with rk.open_crm(path, SECRET) as crm:
        crm.add(rk.Customer(given_name="Ana"))
    return path


def test_a_passphrase_opens_what_it_closed(locked):
    assert opened(locked, SECRET)
    assert not keys.key_file(locked).exists()


def test_the_file_is_one_that_any_sqlcipher_opens_by_the_passphrase(locked):
    sqlcipher = pytest.importorskip("sqlcipher3.dbapi2")
    connection = sqlcipher.connect(str(locked))
    connection.execute(f"PRAGMA key = '{SECRET}'")
    assert connection.execute("SELECT given_name FROM customers").fetchone() == ("Ana",)
    connection.close()


@pytest.mark.parametrize("passphrase", ["it's; \"--", "🔑 ñ", "x'00'", "a" * 5000])
def test_any_words_may_be_a_passphrase(tmp_path, passphrase):
    rk.open_crm(tmp_path / "shop.crm", passphrase).close()
    rk.open_crm(tmp_path / "shop.crm", passphrase).close()


def test_a_wrong_passphrase_is_told_so_and_the_course_goes_on(locked):
    before = locked.read_bytes()
    with pytest.raises(ValueError, match=r"passphrase is another one.*its data can be made again"):
        rk.open_crm(locked, "something else")
    assert locked.read_bytes() == before


@pytest.mark.parametrize(("passphrase", "reason"), [("  ", "is empty"), ("\ud800", "half of a")])
def test_what_cannot_be_a_passphrase_is_refused(tmp_path, passphrase, reason):
    with pytest.raises(ValueError, match=reason):
        rk.open_crm(tmp_path / "shop.crm", passphrase)
    assert list(tmp_path.iterdir()) == []


def test_the_keyring_keeps_the_key_of_a_new_file(tmp_path, ring):
    path = tmp_path / "shop.crm"
    with rk.open_crm(path) as crm:
        crm.add(rk.Customer(given_name="Ana"))
    assert opened(path)
    assert not keys.key_file(path).exists()
    assert opened(path.rename(tmp_path / "moved.crm"))


def test_somebody_is_asked_once_where_there_is_a_keyring(locked, ring, somebody_there, monkeypatch):
    monkeypatch.setattr(keyring.core, "_keyring_backend", ring)
    assert opened(locked)
    assert opened(locked)
    assert len(somebody_there) == 1


def test_without_a_keyring_somebody_is_asked(tmp_path, somebody_there):
    path = tmp_path / "shop.crm"
    with rk.open_crm(path) as crm:
        crm.add(rk.Customer(given_name="Ana"))
    assert opened(path)
    assert somebody_there == [
        "Choose a passphrase for shop.crm, or press Enter to do without: ",
        "The passphrase for shop.crm: ",
    ]


def test_with_nobody_to_ask_the_key_lies_beside_the_file_for_us_alone(tmp_path, nobody_there):
    path = tmp_path / "shop.crm"
    with rk.open_crm(path) as crm:
        crm.add(rk.Customer(given_name="Ana"))
        assert "the key lies beside it in shop.crm.key" in crm.says()[0]
    assert stat.S_IMODE(keys.key_file(path).stat().st_mode) == 0o600
    assert opened(path)


def test_a_key_file_that_lies_there_is_never_written_over(tmp_path, nobody_there):
    path = tmp_path / "shop.crm"
    rk.open_crm(path).close()
    before = keys.key_file(path).read_bytes()
    path.rename(tmp_path / "moved.crm")
    rk.open_crm(path).close()
    assert keys.key_file(path).read_bytes() == before


def test_a_notebook_that_runs_by_itself_asks_nobody(locked, monkeypatch):
    def no_one(question):
        raise RuntimeError("raw_input was called, but this frontend does not support input.")

    monkeypatch.setattr(keys, "_in_a_notebook", lambda: True)
    monkeypatch.setattr(keys.getpass, "getpass", no_one)
    with pytest.raises(ValueError, match="there is nobody to ask"):
        rk.open_crm(locked)


def test_the_recovery_key_opens_the_file_when_the_passphrase_is_lost(locked, tmp_path):
    with rk.open_crm(locked, SECRET) as crm:
        sheet = crm.write_recovery_key(tmp_path / "print me.txt")
        assert crm.log()["what"].iloc[-1] == "key_written"
    assert stat.S_IMODE(sheet.stat().st_mode) == 0o600
    written = RECOVERY.search(sheet.read_text(encoding="utf-8"))[0]
    assert opened(locked, f" {written.lower()}\n")
    slip = written[:-1] + ("A" if written[-1] != "A" else "B")
    with pytest.raises(ValueError, match="has a slip in it"):
        rk.open_crm(locked, slip)


def test_a_recovery_key_is_not_written_over_another_file(locked, tmp_path):
    with rk.open_crm(locked, SECRET) as crm:
        with pytest.raises(CannotKeep, match="exists"):
            crm.write_recovery_key(locked)
        assert len(crm.log()) == 1


def test_a_key_shows_itself_to_nobody():
    key, passphrase = keys.Key(b"k" * 32), keys.Passphrase(SECRET)
    assert (repr(key), f"{passphrase}") == ("Key(hidden)", "Passphrase(hidden)")
    for secret in (key, passphrase):
        for spread in (pickle.dumps, copy.copy):
            with pytest.raises(TypeError):
                spread(secret)


@pytest.mark.parametrize("wrong", ["a wrong secret", "RK1" + "-AAAA" * 14, "secret\ud800"])
def test_no_error_holds_what_was_typed_in_its_text_or_in_its_variables(locked, wrong):
    shown = ""
    try:
        rk.open_crm(locked, wrong)
    except ValueError as error:
        frames = traceback.TracebackException.from_exception(error, capture_locals=True)
        frames.stack = traceback.StackSummary.from_list(frames.stack[1:])  # without the test's own
        shown = "".join(frames.format())
    assert "open_crm" in shown
    assert "secret" not in shown
    assert "AAAA" not in shown


def test_what_a_database_shows_of_itself_holds_no_key(locked, capfd):
    with rk.open_crm(locked, SECRET) as crm:
        shown = repr(crm) + str(crm.says()) + repr(vars(crm)) + repr(crm._engine.url)
        key = crm._store.key()._secret.hex()
    with pytest.raises(ValueError, match="another one"):
        rk.open_crm(locked, "something else")
    shown += "".join(capfd.readouterr())
    assert SECRET not in shown
    assert key not in shown


# ---- where nothing encrypts ----


@pytest.fixture
def no_cipher(monkeypatch, nobody_there):
    monkeypatch.setitem(sys.modules, "sqlcipher3", None)
    monkeypatch.setitem(sys.modules, "sqlcipher3.dbapi2", None)


def test_without_the_driver_the_file_is_plain_and_says_so_at_every_turn(tmp_path, no_cipher):
    for _ in range(2):
        with pytest.warns(NotEncrypted, match="NOT ENCRYPTED"):
            crm = rk.open_crm(tmp_path / "shop.crm", SECRET)
        assert "NOT ENCRYPTED" in repr(crm)
        assert "NOT ENCRYPTED" in crm.says()[0]
        with pytest.raises(ValueError, match="no key to write"):
            crm.write_recovery_key(tmp_path / "key.txt")
        crm.close()


def test_a_plain_file_says_so_for_ever(tmp_path, monkeypatch):
    with monkeypatch.context() as without:
        without.setattr(opening, "cipher", lambda: None)
        with pytest.warns(NotEncrypted):
            crm = rk.open_crm(tmp_path / "shop.crm")
    crm.add(rk.Customer(given_name="Ana"))
    crm.close()
    with pytest.warns(NotEncrypted):
        later = rk.open_crm(tmp_path / "shop.crm", SECRET)
    assert later.count("customers") == 1
    assert "NOT ENCRYPTED" in repr(later)
    later.close()


def test_an_encrypted_file_needs_the_driver_and_says_which(locked, no_cipher):
    with pytest.raises(ValueError, match="sqlcipher3, which opens those, is not installed"):
        rk.open_crm(locked, SECRET)


def test_a_role_is_as_closed_in_a_plain_file(tmp_path, no_cipher):
    with pytest.warns(NotEncrypted):
        crm = rk.open_crm(tmp_path / "shop.crm")
    crm.add(rk.Customer(given_name="Ana", phone="+34 600 112 233"))
    with crm.as_role("technician") as technician, technician._engine.connect() as connection:
        phones = connection.exec_driver_sql("SELECT count(phone) FROM customers").scalar()
    crm.close()
    assert phones == 0
    assert sqlite.cipher() is None
