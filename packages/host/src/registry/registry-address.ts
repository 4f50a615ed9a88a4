import type { CommandContext } from "../command-line/command.ts";
import { wrongUsage } from "../command-line/errors.ts";

const DEFAULT_REGISTRY = "http://localhost:3000";

/** The registry that a command talks to: `--registry`, then KOS_REGISTRY, then one on this machine. No trailing slash. */
export function registryAddress({ args, env }: Pick<CommandContext, "args" | "env">): string {
  const given = args.text("registry") ?? env.KOS_REGISTRY ?? DEFAULT_REGISTRY;
  const url = URL.parse(given);
  if (url === null || !/^https?:$/.test(url.protocol) || url.username !== "" || url.search !== "" || url.hash !== "") throw wrongUsage(`\`${given}\` is not the address of a registry`, "Such as https://market.example.");
  return url.href.replace(/\/+$/, "");
}

/** Whether what is sent there could be read on the way. */
export function isExposed(address: string): boolean {
  const { protocol, hostname } = new URL(address);
  return protocol === "http:" && !/^(?:localhost|127(?:\.\d+){3}|\[::1\])$|\.localhost$/.test(hostname);
}
