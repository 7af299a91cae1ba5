"""Kernels forked from a process that has made their imports, so that these are paid once.

Each kernel is a process of its own that starts clean: nothing but imports has run in the process
that it is forked from. Python's own fork server keeps that process free of threads, without which
forking is not safe (https://docs.python.org/3/library/multiprocessing.html#contexts-and-start-methods).

jupyter_client finds the class by its entry point ``forked`` where the environment variable
``JUPYTER_DEFAULT_PROVISIONER_NAME`` asks for it.
"""

import multiprocessing
import os
import signal
import sys
import tempfile
from pathlib import Path
from typing import Any

from jupyter_client.provisioning import LocalProvisioner

IMPORTS = ["ipykernel.kernelapp", "ipykernel.debugger", "IPython.extensions.storemagic"]
IMPORTS += ["matplotlib.figure", "seaborn"]
IMPORTS += ["evidence.charts", "evidence.data", "evidence.kernels", "evidence.prose"]
IMPORTS += ["evidence.reliability", "evidence.tables"]


_OPENED: set[str] = set()


def _note(event: str, arguments: tuple[Any, ...]) -> None:
    if event == "open" and isinstance(arguments[0], str | os.PathLike):
        _OPENED.add(str(Path(arguments[0]).absolute()))


def files_read(root: str) -> list[str]:
    """Files below a folder that this kernel has opened, modules and hidden ones left out.

    Parameters
    ----------
    root : str

    Returns
    -------
    list of str
        Paths relative to `root`, sorted.
    """
    there = (Path(path) for path in _OPENED if path.startswith(root + os.sep))
    code = {".py", ".pyc"}  # the second where Python keeps what it compiled
    names = (path.relative_to(root) for path in there if path.is_file() and path.suffix not in code)
    # What an installation leaves in the folder is there or not as it happens.
    made = (".", "_build", "evidence.egg-info")
    return sorted(str(name) for name in names if not str(name).startswith(made))


def run_kernel(connection_file: str, folder: str, environment: dict[str, str]) -> None:
    """Become a kernel: the target of the forked process."""
    from ipykernel.kernelapp import IPKernelApp

    os.environ.update(environment)
    os.chdir(folder)
    sys.addaudithook(_note)
    # A kernel ends when its parent does. What goes wrong in a cell is an output; what a kernel logs
    # when it is stopped is noise.
    own = [f"--IPKernelApp.parent_handle={os.getppid()}", "--log-level=CRITICAL"]
    IPKernelApp.launch_instance(argv=["-f", connection_file, *own])


class ForkedProcess:
    """A forked process with the part of ``subprocess.Popen`` that jupyter_client uses."""

    stdin = stdout = stderr = None

    def __init__(self, process: Any) -> None:
        self.process = process
        self.pid = process.pid

    def poll(self) -> int | None:
        """Return the exit code, or None while the process runs."""
        code = self.process.exitcode
        return None if code is None else int(code)

    def wait(self, timeout: float | None = None) -> int | None:
        """Wait for the end of the process."""
        self.process.join(timeout)
        return self.poll()

    def send_signal(self, number: int) -> None:
        """Send a signal, if the process still runs."""
        if self.poll() is None:
            os.kill(self.pid, number)

    def terminate(self) -> None:
        """Ask the process to end."""
        self.send_signal(signal.SIGTERM)

    def kill(self) -> None:
        """End the process."""
        self.send_signal(signal.SIGKILL)


class ForkedProvisioner(LocalProvisioner):
    """Starts kernels by forking them instead of starting an interpreter each."""

    async def pre_launch(self, **kwargs: Any) -> dict[str, Any]:
        """Give the kernel sockets in a folder of its own: it would warn about open ports."""
        self.sockets = tempfile.TemporaryDirectory()
        manager: Any = self.parent
        manager.transport, manager.ip = "ipc", f"{self.sockets.name}/kernel"
        return await super().pre_launch(**kwargs)

    async def cleanup(self, restart: bool = False) -> None:
        """Remove the sockets."""
        await super().cleanup(restart)
        self.sockets.cleanup()

    async def launch_kernel(self, cmd: list[str], **kwargs: Any) -> Any:
        """Fork a kernel for the connection file that the command names.

        Parameters
        ----------
        cmd : list of str
            The command line of an ipykernel; only its ``-f`` is used.

        Returns
        -------
        dict
            The connection information.
        """
        # Nobody debugs these kernels; their debugger would say that it cannot do all it should.
        os.environ.setdefault("PYDEVD_DISABLE_FILE_VALIDATION", "1")
        context = multiprocessing.get_context("forkserver")
        context.set_forkserver_preload(IMPORTS)
        folder = str(kwargs.get("cwd") or Path.cwd())
        environment = {str(k): str(v) for k, v in (kwargs.get("env") or {}).items()}
        arguments = (cmd[cmd.index("-f") + 1], folder, environment)
        process = context.Process(target=run_kernel, args=arguments, daemon=True)
        process.start()
        self.process = ForkedProcess(process)  # type: ignore[assignment]  # has what is used of it
        self.pid = process.pid
        return self.connection_info
