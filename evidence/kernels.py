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
from typing import Any

from jupyter_client.provisioning import LocalProvisioner

IMPORTS = ["ipykernel.kernelapp", "ipykernel.ipkernel", "matplotlib.figure", "seaborn"]
IMPORTS += ["evidence.charts", "evidence.data", "evidence.prose", "evidence.reliability"]


def run_kernel(connection_file: str, folder: str, environment: dict[str, str]) -> None:
    """Become a kernel: the target of the forked process."""
    from ipykernel.kernelapp import IPKernelApp

    os.environ.update(environment)
    os.chdir(folder)
    IPKernelApp.launch_instance(argv=["-f", connection_file])


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

    async def launch_process(self, cmd: list[str], **kwargs: Any) -> Any:
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
        context = multiprocessing.get_context("forkserver")
        context.set_forkserver_preload(IMPORTS)
        folder = str(kwargs.get("cwd") or os.getcwd())
        environment = {str(k): str(v) for k, v in (kwargs.get("env") or {}).items()}
        arguments = (cmd[cmd.index("-f") + 1], folder, environment)
        process = context.Process(target=run_kernel, args=arguments, daemon=True)
        process.start()
        self.process = ForkedProcess(process)
        self.pid = process.pid
        return self.connection_info
