import { randomUUID } from "node:crypto";
import { link, rename, rm } from "node:fs/promises";
import { dirname, join } from "node:path";

import { objectMissing, storeUnavailable } from "../errors.ts";
import { isMissing, objectPath } from "./object-file.ts";
import { makeFolders, syncFolder } from "./write-object.ts";
import type { StoreFolders } from "./write-object.ts";

/**
 * Gives the bytes a second name. Stored files are never written to again, so that sharing them is safe.
 *
 * @throws StorageError `object-missing`, `store-unavailable`
 */
export async function copyObject(folders: StoreFolders, from: string, to: string): Promise<void> {
  const target = objectPath(folders.objects, to);
  const aside = join(folders.incoming, randomUUID());
  try {
    await link(objectPath(folders.objects, from), aside);
    await makeFolders(folders.objects, dirname(target));
    await rename(aside, target);
    await syncFolder(dirname(target));
  } catch (error) {
    throw isMissing(error) ? objectMissing(from) : storeUnavailable(folders.objects, error);
  } finally {
    // renaming one name of a file onto another of the same file leaves both
    await rm(aside, { force: true });
  }
}
