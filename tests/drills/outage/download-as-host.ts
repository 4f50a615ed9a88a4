import { setTimeout as delay } from "node:timers/promises";
import { download, type Scene, type SceneListing } from "../scene.ts";

/** Before each try. A store that is gone is noticed within six seconds; then the bytes come from beside a process. */
const PAUSES_MS = [0, 500, 1_000, 2_000, 4_000];

/** Downloads as a patient host does: bytes that did not come are asked for again, from the address on. */
export async function downloadAsHost(scene: Scene, listing: SceneListing | undefined): Promise<void> {
  if (listing === undefined) return;
  const started = performance.now();
  for (const pause of PAUSES_MS) {
    await delay(pause);
    if (await download(scene, listing)) return scene.measures.note("download, as a host does it", null, performance.now() - started);
  }
  scene.measures.note("download, as a host does it", "never came", performance.now() - started);
}
