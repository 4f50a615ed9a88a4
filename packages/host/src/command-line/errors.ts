import type { ExitClass } from "./exit-codes.ts";
import type { ShownProblem } from "./shown-problem.ts";

/** From the code of an error to the class of its exit code; the only such table. */
const ERROR_CLASSES = {
  usage: "usage",
  "file-unreadable": "usage",
  "file-exists": "usage",
  "file-unwritable": "usage",
  "key-unusable": "usage",
  "gpg-failed": "usage",
  "ssh-keygen-failed": "usage",
  "token-missing": "usage",
  "login-failed": "refused",
  "identity-unavailable": "refused",
  "checksum-mismatch": "problems",
  "registry-unreachable": "network",
  "registry-failed": "network",
  "registry-refused": "refused",
} as const satisfies Record<string, ExitClass>;

export type CommandErrorCode = keyof typeof ERROR_CLASSES;

interface ErrorExtra {
  hint?: string | null;
  problems?: readonly ShownProblem[];
  /** further members for `--json`, such as the registry's status and request id */
  members?: Record<string, unknown>;
  cause?: unknown;
}

/** Why a command stopped; everything else that is thrown is a fault of the command line itself. */
export class CommandError extends Error {
  override readonly name = "CommandError";
  readonly code: CommandErrorCode;
  readonly hint: string | null;
  readonly problems: readonly ShownProblem[];
  readonly members: Record<string, unknown>;

  constructor(code: CommandErrorCode, message: string, extra: ErrorExtra = {}) {
    super(message, { cause: extra.cause });
    this.code = code;
    this.hint = extra.hint ?? null;
    this.problems = extra.problems ?? [];
    this.members = extra.members ?? {};
  }

  get exitClass(): ExitClass {
    return ERROR_CLASSES[this.code];
  }
}

export const wrongUsage = (message: string, hint: string | null = null) => new CommandError("usage", message, { hint });
export const fileUnreadable = (path: string, cause: unknown) => new CommandError("file-unreadable", `\`${path}\` cannot be read (${reasonOf(cause)})`, { cause });
export const fileUnwritable = (path: string, cause: unknown) => new CommandError("file-unwritable", `\`${path}\` cannot be written (${reasonOf(cause)})`, { cause });
export const fileExists = (path: string, hint: string) => new CommandError("file-exists", `\`${path}\` exists already`, { hint });
export const keyUnusable = (message: string, hint: string | null = null) => new CommandError("key-unusable", message, { hint });
export const sshFailed = (message: string) => new CommandError("ssh-keygen-failed", message);
export const gpgFailed = (message: string) => new CommandError("gpg-failed", message);
export const tokenMissing = (registry: string) =>
  new CommandError("token-missing", `there is no token for ${registry}`, { hint: `Sign in with \`kos login --registry ${registry}\`; or make a token at ${registry}/tokens and give it in KOS_TOKEN.` });
export const identityUnavailable = (why: string) =>
  new CommandError("identity-unavailable", `this job has no identity to publish with: ${why}`, { hint: "On GitHub the job needs `permissions: id-token: write`; elsewhere set KOS_ID_TOKEN to an identity token for this registry." });
export const loginFailed = (why: string) => new CommandError("login-failed", `the sign-in came to nothing: ${why}`, { hint: "`kos login` begins anew." });
export const checksumMismatch = (what: string, expected: string, actual: string) =>
  new CommandError("checksum-mismatch", `${what} has the checksum ${actual}, and ${expected} was announced`, { members: { expected, actual } });
export const registryUnreachable = (address: string, cause: unknown) => new CommandError("registry-unreachable", `${address} cannot be reached (${reasonOf(cause)})`, { hint: "Is it running? Another registry is named by --registry or KOS_REGISTRY.", cause });
export const registryFailed = (address: string, why: string, members: Record<string, unknown> = {}) => new CommandError("registry-failed", `${address} failed: ${why}`, { members });

/** The system's short word for a failure, such as ENOENT, wherever in the chain of causes it stands. */
function reasonOf(cause: unknown): string {
  if (!(cause instanceof Error)) return "unknown reason";
  if ("code" in cause && typeof cause.code === "string" && /^E[A-Z]+$/.test(cause.code)) return cause.code;
  return cause.cause instanceof Error ? reasonOf(cause.cause) : cause.message;
}
