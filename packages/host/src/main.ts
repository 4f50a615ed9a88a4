import { endOnInterrupt } from "./command-line/hold-interrupts.ts";
import { runCommandLine } from "./command-line/run-command-line.ts";
import { COMMANDS } from "./commands/index.ts";

endOnInterrupt((text) => void process.stderr.write(`\n${text}\n`));
// An exit code instead of process.exit: a pipe that reads slowly still gets everything.
process.exitCode = await runCommandLine(COMMANDS, { argv: process.argv.slice(2), env: process.env, stdin: process.stdin, stdout: process.stdout, stderr: process.stderr });
