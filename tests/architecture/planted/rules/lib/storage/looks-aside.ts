// dependency-cruiser: layer-storage
import { http } from "#lib/http/index.ts";

export const seen = http;
