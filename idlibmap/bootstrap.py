"""Makes `.venv` beside manage.py and enters it. Standard library only; runs on any Python 3.

The environment is made once and remembered by a stamp (a digest of the requirement files), so that
later runs only compare two short strings. `IDLIBMAP_BOOTSTRAP=off` leaves the environment to the
caller, as in a container image that has the packages installed.
"""

import hashlib
import os
import subprocess
import sys

OLDEST = (3, 11)
STAMP = ".idlibmap-stamp"
ADVICE_VENV = (
    "Python's venv module is missing or incomplete. On Debian or Ubuntu: apt install python3-venv"
)
ADVICE_NETWORK = (
    "The packages could not be installed. Check the network and the access to a Python package\n"
    "index (pip's own message stands above), then run the same command again."
)


class BootstrapError(Exception):
    """The environment cannot be prepared; the message says what to do."""


def enter(root, argv):
    """Be in the project's environment: prepare it if needed and re-run `argv` in it."""
    if os.environ.get("IDLIBMAP_BOOTSTRAP") == "off":
        return
    try:
        python = prepare(root, requirements_for(argv))
    except BootstrapError as error:
        sys.exit("idlibmap: %s" % error)
    if os.path.abspath(sys.prefix) != os.path.abspath(os.path.join(str(root), ".venv")):
        run_in(python, argv)


def requirements_for(argv):
    """The requirement file that a command needs: tests need more than the product."""
    return "requirements-dev.txt" if argv[1:2] == ["test"] else "requirements.txt"


def prepare(root, requirements):
    """The path of a Python that has the packages of `requirements`; made when not there."""
    check_version()
    folder = os.path.join(str(root), ".venv")
    python = os.path.join(
        folder, *(("Scripts", "python.exe") if os.name == "nt" else ("bin", "python"))
    )
    stamp = os.path.join(folder, STAMP)
    if is_current(stamp, root, requirements) and os.path.exists(python):
        return python
    make_environment(folder, python)
    install(python, os.path.join(str(root), requirements))
    write_stamp(stamp, root, requirements)
    return python


def check_version():
    """Refuse a Python that the packages do not support."""
    if sys.version_info[:2] < OLDEST:
        raise BootstrapError(
            "Python %d.%d or newer is needed; this is %d.%d. Try: python3.12 manage.py ..."
            % (*OLDEST, *sys.version_info[:2])
        )


def digest(root, requirements):
    """What the stamp holds: which packages, for which Python."""
    with open(os.path.join(str(root), requirements), "rb") as source:
        content = source.read()
    return "%s %s %d.%d" % (
        requirements,
        hashlib.sha256(content).hexdigest(),
        *sys.version_info[:2],
    )


def is_current(stamp, root, requirements):
    """Whether the environment already holds `requirements` (the larger set holds the smaller)."""
    try:
        with open(stamp, encoding="utf-8") as source:
            held = source.read().splitlines()
    except OSError:
        return False
    return digest(root, requirements) in held


def write_stamp(stamp, root, requirements):
    """Remember what is installed; requirements-dev.txt includes requirements.txt."""
    files = {requirements, "requirements.txt"}
    lines = [digest(root, name) for name in sorted(files)]
    temporary = stamp + ".new"
    with open(temporary, "w", encoding="utf-8") as target:
        target.write("\n".join(lines) + "\n")
    os.replace(temporary, stamp)


def make_environment(folder, python):
    """Create the virtual environment unless a working one of this Python stands there."""
    if os.path.exists(python) and same_python(python):
        return
    say("making the environment in .venv")
    try:
        import ensurepip  # noqa: F401
        import venv

        venv.EnvBuilder(with_pip=True, clear=True).create(folder)
    except (ImportError, subprocess.CalledProcessError):
        raise BootstrapError(ADVICE_VENV)  # noqa: B904
    except OSError as error:
        raise BootstrapError("the folder %s cannot be written: %s" % (folder, error))  # noqa: B904


def same_python(python):
    """Whether the environment's Python runs and is of the running version."""
    wanted = "%d.%d" % tuple(sys.version_info[:2])
    command = [python, "-c", "import sys, pip; print('%d.%d' % sys.version_info[:2])"]
    try:
        found = subprocess.run(command, capture_output=True, text=True, timeout=60)
    except (OSError, subprocess.TimeoutExpired):
        return False
    return found.stdout.strip() == wanted


def install(python, requirements):
    """Install exactly the pinned packages, each checked against its hash."""
    say("installing the packages of %s (once)" % os.path.basename(requirements))
    options = ["--quiet", "--disable-pip-version-check", "--no-input", "--require-hashes"]
    command = [python, "-m", "pip", "install", *options, "-r", requirements]
    if subprocess.run(command).returncode:
        raise BootstrapError(ADVICE_NETWORK)


def run_in(python, argv):
    """Go on as `python argv`; on Windows, where exec does not wait, as a child."""
    command = [python, *argv]
    if os.name == "nt":
        sys.exit(subprocess.run(command).returncode)
    sys.stdout.flush()
    os.execv(python, command)


def say(text):
    """Progress, on standard error so that piped output stays clean."""
    sys.stderr.write("idlibmap: %s\n" % text)
    sys.stderr.flush()
