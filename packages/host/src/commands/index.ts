import type { Command } from "../command-line/command.ts";
import { completionCommand } from "./completion.ts";
import { deprecateCommand } from "./deprecate.ts";
import { initCommand } from "./init.ts";
import { keygenCommand } from "./keygen.ts";
import { loginCommand } from "./login.ts";
import { logoutCommand } from "./logout.ts";
import { packCommand } from "./pack.ts";
import { publishCommand } from "./publish.ts";
import { signCommand } from "./sign.ts";
import { statusCommand } from "./status.ts";
import { unyankCommand } from "./unyank.ts";
import { validateCommand } from "./validate.ts";
import { verifyCommand } from "./verify.ts";
import { whoamiCommand } from "./whoami.ts";
import { yankCommand } from "./yank.ts";

/** Every command, in the order of a publisher's day. */
export const COMMANDS: readonly Command[] = [
  initCommand,
  validateCommand,
  packCommand,
  publishCommand,
  statusCommand,
  yankCommand,
  unyankCommand,
  deprecateCommand,
  keygenCommand,
  signCommand,
  verifyCommand,
  loginCommand,
  whoamiCommand,
  logoutCommand,
  completionCommand(() => COMMANDS),
];
