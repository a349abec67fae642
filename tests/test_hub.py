"""A school's JupyterHub: two users in their own lessons, each under a code name of the roster."""

from __future__ import annotations

import contextlib
import importlib.util
import json
import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
import uuid
from pathlib import Path
from types import SimpleNamespace

import pytest

from retailkit import hub, lab
from retailkit.course.places import shop_of
from retailkit.journal import CODE_NAME_IS, journal_of

PROXY = shutil.which("configurable-http-proxy")
HAS_HUB = importlib.util.find_spec("jupyterhub") is not None and PROXY is not None
TOKEN = uuid.uuid4().hex
ROSTER = "name,id,username,code_name\nAna Ruiz,7,aruiz,blue-fox\nLuis Gil,8,LGil,red-owl\n"

SETTINGS = """
from retailkit.hub import course_for
c = get_config()
course_for(c, [{folder!r} + "/class-4b"], teachers=["carla"])
c.JupyterHub.spawner_class = "simple"
c.JupyterHub.authenticator_class = "dummy"
c.SimpleLocalProcessSpawner.home_dir_template = {folder!r} + "/home/{{username}}"
c.Spawner.args += {as_root!r}
c.Spawner.start_timeout = c.Spawner.http_timeout = 120
c.JupyterHub.bind_url = "http://127.0.0.1:{ports[0]}"
c.JupyterHub.hub_bind_url = "http://127.0.0.1:{ports[1]}"
c.ConfigurableHTTPProxy.api_url = "http://127.0.0.1:{ports[2]}"
c.ConfigurableHTTPProxy.command = [{proxy!r}]
c.JupyterHub.services = [{{"name": "test", "api_token": {token!r}}}]
c.JupyterHub.load_roles = [
    {{"name": "test", "services": ["test"], "scopes": ["admin:users", "admin:servers",
     "access:servers"]}},
]
"""


@pytest.fixture
def folder(tmp_path):
    """A class as `retailkit classroom` leaves it behind, as far as the hub looks at it."""
    (tmp_path / "class-4b" / "teacher").mkdir(parents=True)
    (tmp_path / "class-4b" / "teacher" / "roster.csv").write_text(ROSTER, encoding="utf-8")
    (tmp_path / "home").mkdir()
    return tmp_path


def settings_of(folder, **how):
    c = SimpleNamespace(Spawner=SimpleNamespace())
    hub.course_for(c, [folder / "class-4b"], **how)
    return c.Spawner


def surroundings_of(spawner, user):
    theirs = SimpleNamespace(user=SimpleNamespace(name=user), environment={"KEPT": "yes"})
    spawner.pre_spawn_hook(theirs)
    return theirs.environment


@pytest.mark.parametrize("user", ["aruiz", "7", "blue-fox"])
def test_a_users_server_is_given_the_code_name_of_the_roster(folder, user):
    expected = {"KEPT": "yes", CODE_NAME_IS: "blue-fox"}
    assert surroundings_of(settings_of(folder), user) == expected


def test_a_hub_knows_a_username_in_small_letters(folder):
    assert surroundings_of(settings_of(folder), "lgil")[CODE_NAME_IS] == "red-owl"


def test_who_is_on_no_roster_is_told_on_the_hubs_page(folder):
    with pytest.raises(hub.NoCodeName) as caught:
        surroundings_of(settings_of(folder), "eva")
    said = "'eva' is on no roster of this course. Ask your teacher."
    assert caught.value.jupyterhub_message == said


def test_a_roster_that_cannot_be_read_is_told_without_its_contents(folder):
    spawner = settings_of(folder)
    (folder / "class-4b" / "teacher" / "roster.csv").write_text("Height\n170\n", encoding="utf-8")
    with pytest.raises(hub.NoCodeName) as caught:
        surroundings_of(spawner, "aruiz")
    said = "A roster of this course cannot be read. Tell your teacher."
    assert caught.value.jupyterhub_message == said


def test_nobody_is_given_the_code_name_of_one_of_two(folder):
    spawner = settings_of(folder)
    roster = folder / "class-4b" / "teacher" / "roster.csv"
    roster.write_text(f"{ROSTER}Eva Soto,aruiz,eva,green-elk\n", encoding="utf-8")
    with pytest.raises(hub.NoCodeName) as caught:
        surroundings_of(spawner, "aruiz")
    said = "'aruiz' could be two learners of this course. Tell your teacher."
    assert caught.value.jupyterhub_message == said


def test_a_teacher_needs_no_code_name(folder):
    spawner = settings_of(folder, teachers=["carla"])
    assert surroundings_of(spawner, "carla") == {"KEPT": "yes"}


def test_a_class_that_has_grown_needs_no_new_start(folder):
    spawner = settings_of(folder)
    roster = folder / "class-4b" / "teacher" / "roster.csv"
    roster.write_text(f"{ROSTER}Eva Soto,9,eva,green-elk\n", encoding="utf-8")
    assert surroundings_of(spawner, "eva")[CODE_NAME_IS] == "green-elk"


def test_a_server_has_its_limits(folder):
    spawner = settings_of(folder, memory="3G", idle_minutes=30)
    assert (spawner.mem_limit, spawner.cpu_limit) == ("3G", 1.0)
    assert "--ServerApp.shutdown_no_activity_timeout=1800" in spawner.args


@pytest.fixture
def started(tmp_path, monkeypatch):
    """What the program of a user's server becomes, in a home of its own."""
    programs = []
    monkeypatch.setattr(os, "execv", lambda *words: programs.append(words))
    monkeypatch.setattr(Path, "home", lambda: tmp_path)
    monkeypatch.setattr(os, "environ", {**os.environ, CODE_NAME_IS: "blue-fox"})
    monkeypatch.setattr(sys, "argv", ["hub", "--ServerApp.x=1"])
    return programs


def test_a_server_starts_also_where_the_lessons_could_not_be_laid_out(tmp_path, started, capsys):
    (tmp_path / "retailkit-lessons").touch()
    hub.main()
    assert "is a file, not a folder" in capsys.readouterr().out
    assert len(started) == 1


def test_a_users_server_begins_with_the_lessons_in_their_home(tmp_path, started):
    hub.main()
    lessons = tmp_path / "retailkit-lessons"
    assert (lessons / lab.FIRST_LESSON).exists()
    assert lab.codename_for(lessons, None) == "blue-fox"
    assert os.environ["RETAILKIT_LESSONS"] == str(lessons)
    assert json.loads((lessons / lab.OF_THE_KERNEL).read_text()) == lab.FOR_THE_KERNEL
    [(program, words)] = started
    assert (program, words[3], words[-1]) == (
        sys.executable,
        "jupyterhub.singleuser",
        "--ServerApp.x=1",
    )


def free_ports(number):
    with contextlib.ExitStack() as opened:
        doors = [opened.enter_context(socket.socket()) for _ in range(number)]
        for door in doors:
            door.bind(("127.0.0.1", 0))
        return [door.getsockname()[1] for door in doors]


class Hub:
    """A hub that runs, asked through its own addresses."""

    def __init__(self, port):
        self.site = f"127.0.0.1:{port}"

    def ask(self, path, method="GET"):
        headers = {"Authorization": f"token {TOKEN}"}
        asked = urllib.request.Request(
            f"http://{self.site}{path}", method=method, headers=headers, data=b""[: method == "GET"]
        )
        with urllib.request.urlopen(asked, timeout=60) as said:
            return json.loads(said.read() or b"null")

    def wait_for(self, tell):
        until = time.monotonic() + 150
        while time.monotonic() < until:
            with contextlib.suppress(OSError):
                if (found := tell()) is not None:
                    return found
            time.sleep(0.3)
        raise AssertionError("the hub did not answer in time")

    def start(self, user):
        self.ask(f"/hub/api/users/{user}", "POST")
        self.ask(f"/hub/api/users/{user}/server", "POST")

    def ready(self, user):
        server = self.ask(f"/hub/api/users/{user}")["servers"].get("")
        assert server, f"{user}'s server has ended"
        return server["ready"] or None

    def shown(self, user, code):
        """What a cell shows in a kernel of the user's own server."""
        from websocket import create_connection

        kernel = self.ask(f"/user/{user}/api/kernels", "POST")["id"]
        address = f"ws://{self.site}/user/{user}/api/kernels/{kernel}/channels"
        talk = create_connection(address, header={"Authorization": f"token {TOKEN}"}, timeout=90)
        about = {"msg_id": uuid.uuid4().hex, "username": "", "session": uuid.uuid4().hex}
        header = {**about, "msg_type": "execute_request", "version": "5.3"}
        content = {"code": code, "silent": False, "store_history": False}
        message = {"header": header, "parent_header": {}, "metadata": {}, "content": content}
        talk.send(json.dumps({**message, "channel": "shell"}))
        while True:
            heard = json.loads(talk.recv())
            content = heard["content"]
            if heard["msg_type"] == "error" or content.get("name") == "stdout":
                talk.close()
                return content.get("text", content)


@pytest.fixture
def running(folder):
    ports = free_ports(3)
    as_root = ["--allow-root"] if os.geteuid() == 0 else []
    text = SETTINGS.format(
        folder=str(folder), ports=ports, proxy=PROXY, token=TOKEN, as_root=as_root
    )
    (folder / "jupyterhub_config.py").write_text(text, encoding="utf-8")
    # a user's server is found by its name, as on a hub where it is installed for all
    beside = os.pathsep.join([str(Path(sys.executable).parent), os.environ["PATH"]])
    there = {**os.environ, "PATH": beside, "CONFIGPROXY_AUTH_TOKEN": TOKEN}
    command = [sys.executable, "-m", "jupyterhub", "-f", "jupyterhub_config.py"]
    with (
        (folder / "log").open("wb") as log,
        subprocess.Popen(command, cwd=folder, env=there, stdout=log, stderr=log) as program,
    ):
        try:
            started = Hub(ports[0])
            started.wait_for(lambda: started.ask("/hub/api/"))
            yield started
        finally:
            program.terminate()  # the hub ends its users' servers and its proxy
            try:
                program.wait(60)
            except subprocess.TimeoutExpired:
                program.kill()
                raise


@pytest.mark.slow
@pytest.mark.skipif(not HAS_HUB, reason="jupyterhub or configurable-http-proxy is missing")
def test_two_users_of_a_hub_have_their_lessons_and_shops_of_their_own(running, folder):
    # what is printed last is what `shown` waits for: by then the journal is written
    code = 'import retailkit as rk; _ = rk.check("0.1", 7); print(rk.my_shop(lesson=0))'
    users = {"aruiz": "blue-fox", "lgil": "red-owl"}
    for user in users:
        running.start(user)
    with pytest.raises(urllib.error.HTTPError) as refused:
        running.start("eva")
    assert "'eva' is on no roster of this course" in json.loads(refused.value.read())["message"]
    for user, code_name in users.items():
        running.wait_for(lambda user=user: running.ready(user))
        lessons = running.ask(f"/user/{user}/api/contents/retailkit-lessons")["content"]
        assert lab.FIRST_LESSON in [one["name"] for one in lessons]
        assert running.shown(user, code) == f"{shop_of(code_name, 0)}\n"
        assert journal_of(folder / "home" / user / "retailkit-lessons", code_name).exists()
