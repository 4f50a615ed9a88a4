import type { ArchiveEntry, FaultList, UnpackedArchive } from "../archive-types.ts";
import { NOTHING_UNPACKED } from "../archive-types.ts";
import { checkNameClashes } from "../check-name-clashes.ts";
import { createFaultList } from "../create-fault-list.ts";
import { createTextKeeper } from "../keep-texts.ts";
import { feedPieces } from "./feed-pieces.ts";
import { gunzipOnce, gunzipRange } from "./gunzip-once.ts";
import { walkTar, type TarState } from "./walk-tar.ts";

/** The verdict on a gzipped tar, in one pass over its stream: only entries that every reader understands alike. */
export async function unpackTgz(bytes: Buffer, faults: FaultList): Promise<UnpackedArchive> {
  const found = createFaultList();
  const texts = createTextKeeper();
  const entries: ArchiveEntry[] = [];
  const state: TarState = { faults: found, texts, entries, heads: new Map(), places: new Map(), total: 0, at: 0, pending: null };
  const { push, end } = feedPieces(walkTar(state));
  if (!(await gunzipOnce(bytes, faults, push))) return NOTHING_UNPACKED;
  end();
  faults.join(found);
  checkNameClashes(entries, faults);
  return {
    entries,
    heads: state.heads,
    kept: texts.kept,
    async open(path) {
      const place = state.places.get(path);
      return place === undefined ? null : await gunzipRange(bytes, place.start, place.size);
    },
  };
}
