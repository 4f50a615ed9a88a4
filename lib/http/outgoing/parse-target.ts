import { isIP } from "node:net";
import { OutgoingError } from "./errors.ts";

/** Ports above 1023 behind which something other than a web server usually listens, which a request could talk into. */
const OTHER_SERVICES = new Set([
  1025, 1433, 1434, 1521, 1719, 1720, 1723, 2049, 2181, 2375, 2376, 2379, 2380, 2525, 3306, 3389, 3659, 4045, 4190, 4369, 5060, 5061, 5432, 5671, 5672, 5900, 5901, 5984, 6000, 6379, 6380, 6443, 6566,
  6665, 6666, 6667, 6668, 6669, 6679, 6697, 8500, 9042, 9092, 9100, 9200, 9300, 10080, 10250, 11211, 26379, 27017, 27018, 27019,
]);

export interface Target {
  url: URL;
  /** Name or address, without brackets and closing dot. */
  host: string;
  port: number;
  /** The host is an address: nothing to resolve. */
  literal: boolean;
}

/**
 * Reads an address that somebody else wrote, by the URL standard: IPv4 in decimal, octal or hex comes out as four
 * numbers, what that standard does not read is refused. Throws `outgoing-url-refused` or `outgoing-port-refused`.
 */
export function parseTarget(text: string, httpsOnly: boolean): Target {
  const refuse = (detail: string): never => {
    throw new OutgoingError("outgoing-url-refused", detail);
  };
  if (text.length > 2048 || !URL.canParse(text)) return refuse("The address is not a URL of at most 2,048 characters.");
  const url = new URL(text);
  if (url.protocol !== "https:" && (httpsOnly || url.protocol !== "http:")) return refuse(`The address must start with ${httpsOnly ? "https://" : "http:// or https://"}, not ${url.protocol}`);
  if (url.username !== "" || url.password !== "") return refuse("The address must not hold a user name or a password.");
  const host = url.hostname.replace(/^\[|\]$/g, "").replace(/\.$/, "");
  if (host === "" || host.endsWith(".")) return refuse("The address names no host.");
  if (host === "localhost" || host.endsWith(".localhost") || host === "localhost.localdomain") throw new OutgoingError("outgoing-address-refused", `\`${host}\` is this machine.`);
  url.hash = "";
  const port = Number(url.port || (url.protocol === "https:" ? 443 : 80));
  if ((port < 1024 && port !== 80 && port !== 443) || OTHER_SERVICES.has(port)) throw new OutgoingError("outgoing-port-refused", `Port ${port} is not one that a web server has.`);
  return { url, host, port, literal: isIP(host) !== 0 };
}
