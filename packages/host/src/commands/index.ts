import type { Command } from "../command-line/command.ts";
import { keygenCommand } from "./keygen.ts";
import { loginCommand } from "./login.ts";
import { logoutCommand } from "./logout.ts";
import { packCommand } from "./pack.ts";
import { publishCommand } from "./publish.ts";
import { signCommand } from "./sign.ts";
import { statusCommand } from "./status.ts";
import { validateCommand } from "./validate.ts";
import { verifyCommand } from "./verify.ts";
import { whoamiCommand } from "./whoami.ts";

/** Every command, in the order of a publisher's day. */
export const COMMANDS: readonly Command[] = [validateCommand, packCommand, keygenCommand, signCommand, verifyCommand, loginCommand, publishCommand, statusCommand, whoamiCommand, logoutCommand];
