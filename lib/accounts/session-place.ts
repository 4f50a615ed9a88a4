import { createHmac } from "node:crypto";
import bowser from "bowser";
import { networkOf } from "./network-of.ts";

/** Where a session is used, told coarsely: enough for its owner to recognise it, too little to follow anybody. */
export interface SessionPlace {
  /** Browser and system, as "Firefox on Linux"; null where the program does not say. */
  device: string | null;
  /** The first three parts of an IPv4 address or the first 48 bits of an IPv6 one; null where the address is not known. */
  network: string | null;
}

export const NOWHERE: SessionPlace = { device: null, network: null };

/** The place of a request, from its User-Agent and the address that limits count by. Neither is trusted for anything. */
export function sessionPlace(input: { userAgent: string | null; client: string | null }): SessionPlace {
  return { device: deviceOf(input.userAgent ?? ""), network: networkOf(input.client ?? "") };
}

/** Known by its keyed hash only, so that the table of places tells nobody where anyone was. */
export function placeHash(secret: string, userId: string, place: SessionPlace): string {
  return createHmac("sha256", secret).update(JSON.stringify(["place", userId, place.device, place.network])).digest("hex");
}

function deviceOf(userAgent: string): string | null {
  if (userAgent === "") return null;
  const { browser, os } = bowser.parse(userAgent.slice(0, 400));
  const [program, system] = [browser.name ?? "", os.name ?? ""];
  if (program === "") return system === "" ? null : `A program on ${system}`;
  return system === "" ? program : `${program} on ${system}`;
}
