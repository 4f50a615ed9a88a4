// dependency-cruiser: lib-sees-no-process
import { work } from "#worker/work.ts";

export const seen = work;
