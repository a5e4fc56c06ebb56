"""The command line of the npm package: where it is, its flags, and one warm `smoothgrad batch` over its pipes."""

import json
import os
import shutil
import subprocess
import threading


class SmoothGradError(RuntimeError):
    """What the command line said, in one line."""


def command_line(command=None):
    """How `smoothgrad` is started: as given, by SMOOTHGRAD (a path to cli.js), or from the PATH."""
    if command is not None:
        return list(command)
    script = os.environ.get("SMOOTHGRAD")
    if script:
        return ["node", script]
    found = shutil.which("smoothgrad")
    if found:
        return [found]
    raise SmoothGradError(
        "smoothgrad is not on the PATH: install the npm package on every machine, "
        "or let SMOOTHGRAD name its cli.js"
    )


def flags(options):
    """Options as they are typed: until_error=0.1 is --until-error 0.1, antithetic=False is --no-antithetic."""
    typed = []
    for name, value in options.items():
        flag = name.replace("_", "-")
        if value is None:
            continue
        if value is True:
            typed.append(f"--{flag}")
        elif value is False:
            typed.append(f"--no-{flag}")
        elif isinstance(value, (list, tuple)):
            typed += [f"--{flag}", ",".join(map(str, value))]
        else:
            typed += [f"--{flag}", str(value)]
    return typed


class WarmBatch:
    """`smoothgrad batch` with its model loaded: lines in, lines out, until it is closed."""

    def __init__(self, arguments, command=None):
        self._process = subprocess.Popen(
            [*command_line(command), "batch", "--list", "-", *arguments],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            encoding="utf-8",
        )
        self._complaints = []
        self._listener = threading.Thread(target=self._listen, daemon=True)
        self._listener.start()

    @property
    def code(self):
        """Of its end, or None; below 0 the signal that ended it."""
        return self._process.poll()

    def explain(self, entries):
        """The lines of the results of entries ({"id", "photo", ...}), in their order."""
        # Written beside the reading: pipes are short, and whoever only writes would wait for ever.
        writer = threading.Thread(target=self._write, args=(entries,), daemon=True)
        writer.start()
        found = {}
        while len(found) < len(entries):
            line = self._process.stdout.readline()
            if line == "":
                raise self._lost()
            result = json.loads(line)
            if "id" not in result:
                raise SmoothGradError(result["failed"]["message"])
            found[result["id"]] = line.rstrip("\n")
        writer.join()
        return [found[entry["id"]] for entry in entries]

    def close(self):
        if self._process.poll() is None:
            self._process.stdin.close()
            self._process.wait()

    def _write(self, entries):
        try:
            for entry in entries:
                self._process.stdin.write(json.dumps(entry) + "\n")
            self._process.stdin.flush()
        except OSError:
            pass  # whoever reads says that it has ended

    def _listen(self):
        # Kept short: it may run for days.
        for line in self._process.stderr:
            self._complaints = [*self._complaints[-9:], line.strip()]

    def _lost(self):
        code = self._process.wait()
        self._listener.join(timeout=5)
        said = self._complaints[-1] if self._complaints else "it said nothing"
        return SmoothGradError(f"smoothgrad batch ended with {code}: {said}")


def run(arguments, command=None):
    """One command to its end; raises what it complains of."""
    done = subprocess.run([*command_line(command), *arguments], capture_output=True, text=True, encoding="utf-8")
    if done.returncode != 0:
        lines = done.stderr.strip().splitlines()
        raise SmoothGradError(lines[-1] if lines else f"smoothgrad ended with {done.returncode}")
    return done.stdout
