import { runCommandLine } from "./command-line/run-command-line.ts";
import { COMMANDS } from "./commands/index.ts";

// An exit code instead of process.exit: a pipe that reads slowly still gets everything.
process.exitCode = await runCommandLine(COMMANDS, { argv: process.argv.slice(2), env: process.env, stdout: process.stdout, stderr: process.stderr });
