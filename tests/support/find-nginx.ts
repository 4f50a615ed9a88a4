import { existsSync } from "node:fs";

const PLACES = ["/usr/sbin/nginx", "/usr/bin/nginx", "/usr/local/sbin/nginx", "/usr/local/bin/nginx"];

/** The machine's own nginx; undefined where there is none. */
export function findNginx(): string | undefined {
  return PLACES.find(existsSync);
}
