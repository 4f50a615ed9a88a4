import { spawn } from "node:child_process";
import type { CommandContext } from "../command-line/command.ts";

/**
 * Tries to show an address in the person's browser: `$BROWSER`, else what the system opens addresses with. Silent where
 * there is none, since the address stands in the terminal too. Only http and https: the registry chose the text.
 */
export function openBrowser(env: CommandContext["env"], address: string): void {
  const url = URL.parse(address);
  if (url === null || !/^https?:$/.test(url.protocol)) return;
  const program = browserProgram(env);
  if (program === null) return;
  const [command, ...before] = program;
  const child = spawn(command, [...before, url.href], { stdio: "ignore", detached: true });
  child.on("error", () => undefined);
  child.unref();
}

function browserProgram(env: CommandContext["env"]): [string, ...string[]] | null {
  const named = env.BROWSER ?? "";
  if (named === "none") return null;
  if (named !== "") return [named];
  if (process.platform === "darwin") return ["open"];
  if (process.platform === "win32") return ["rundll32", "url.dll,FileProtocolHandler"];
  const hasDisplay = (env.DISPLAY ?? env.WAYLAND_DISPLAY ?? "") !== "";
  return hasDisplay ? ["xdg-open"] : null;
}
