import { PERMISSIONS, type Manifest } from "@kosmarket/kit";
import { finding, type RegistryCheck } from "./check.ts";
import { earlierVersion } from "./earlier-version.ts";
import { placeInManifest } from "./place-in-manifest.ts";

/** What a plugin may do against what its last approved version might: over the union of both, network hosts too. */
export const permissionChangesCheck: RegistryCheck = {
  id: "permission-changes",
  title: "Changed permissions",
  severity: "H",
  kinds: ["plugin"],
  async run({ db }, submission) {
    const earlier = await earlierVersion(db, submission);
    if (earlier === null) return { lookedAt: "Nothing to compare with: this is the first version.", findings: [] };
    const hosts = (manifest: unknown): string[] => ((manifest as Manifest).kind === "plugin" ? (manifest as Manifest & { kind: "plugin" }).network : []);
    const permissions = union(earlier.permissions, submission.permissions).map(({ item, change }) => {
      const sentence = PERMISSIONS.find((permission) => permission.id === item)?.sentence ?? "";
      return tell("permission", change, `/permissions`, change === "new" ? `\`${item}\` is new since ${earlier.version}: ${sentence}` : `\`${item}\` is asked for no more.`);
    });
    const network = union(hosts(earlier.manifest), hosts(submission.manifest)).map(({ item, change }) => tell("host", change, "/network", change === "new" ? `The network host \`${item}\` is new since ${earlier.version}.` : `The network host \`${item}\` is asked for no more.`));
    return { lookedAt: `Permissions and network hosts of ${submission.version} against those of ${earlier.version}, channel ${earlier.channel}.`, findings: [...permissions, ...network] };

    function tell(what: "permission" | "host", change: "new" | "dropped", pointer: string, detail: string) {
      const place = placeInManifest(submission, pointer);
      if (change === "dropped") return finding("permission-changes", { code: `${what}.dropped`, severity: "I", ...place, detail });
      return finding("permission-changes", { code: `${what}.new`, severity: "H", ...place, detail, suggestion: "Say in the changelog what it is for; a person decides." });
    }
  },
};

/** Everything that is in one list alone. */
function union(before: readonly string[], after: readonly string[]): { item: string; change: "new" | "dropped" }[] {
  return [...new Set([...after, ...before])].flatMap((item) => (before.includes(item) && after.includes(item) ? [] : [{ item, change: before.includes(item) ? ("dropped" as const) : ("new" as const) }]));
}
