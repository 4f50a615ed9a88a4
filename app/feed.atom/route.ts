import { latestVersions, writeAtom } from "#lib/feed/index.ts";
import { route } from "../api/_route.ts";

export const GET = route("GET /feed.atom", async ({ deps }) => writeAtom(deps.config.publicUrl, { title: "kOS Marketplace: new versions", path: "/feed.atom" }, await latestVersions(deps, null)));
