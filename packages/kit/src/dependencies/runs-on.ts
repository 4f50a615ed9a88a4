import semver from "semver";
import type { Released, TargetHost } from "./released.ts";

/** Whether a release may run on a machine, as far as the machine is known. */
export function runsOn(release: Pick<Released, "platforms" | "engine">, host: TargetHost): boolean {
  if (host.platform !== undefined && release.platforms !== null && !release.platforms.includes(host.platform)) return false;
  return host.kos === undefined || release.engine === null || semver.satisfies(host.kos, release.engine, { includePrerelease: true });
}
