import { createSocket } from "node:dgram";
import { once } from "node:events";

export interface NameServer {
  /** `address:port`, as a resolver takes it. */
  address: string;
  /** What a name has from now on. A list of lists answers each question of its kind with the next, and stays at the last. */
  set: (name: string, addresses: string[] | string[][]) => void;
  /** What TXT records a name has from now on; `*.x` answers for every name below `x` that was not told of. */
  setTexts: (name: string, texts: string[]) => void;
  /** Makes a name an alias (CNAME) of another. */
  setAlias: (name: string, target: string) => void;
  /** Questions for addresses of IPv4 so far. */
  asked: (name: string) => number;
  close: () => Promise<void>;
}

/** A DNS server on loopback (RFC 1035) that knows A, AAAA, TXT and CNAME of the names it was told, and nothing of any other; `silent.` names get no answer. */
export async function startNameServer(): Promise<NameServer> {
  const socket = createSocket("udp4");
  const names = new Map<string, string[][]>();
  const asked = new Map<string, number>();
  const told = new Map<string, string[]>();
  const aliases = new Map<string, string>();
  const textsOf = (name: string): string[] => told.get(name) ?? [...told].find(([pattern]) => pattern.startsWith("*.") && name.endsWith(pattern.slice(1)))?.[1] ?? [];
  socket.on("message", (query, from) => {
    const { name, type, end } = readQuestion(query);
    if (name.startsWith("silent.")) return;
    const alias = aliases.get(name);
    const subject = alias ?? name;
    const turns = names.get(subject);
    const texts = textsOf(subject);
    const turn = asked.get(`${type} ${subject}`) ?? 0;
    asked.set(`${type} ${subject}`, turn + 1);
    const owner = alias === undefined ? SAME_NAME : nameBytes(alias);
    const addresses = turns?.[Math.min(turn, turns.length - 1)] ?? [];
    const records = [
      ...(alias === undefined ? [] : [record(TYPES.CNAME, SAME_NAME, nameBytes(alias))]),
      ...(type === TYPES.TXT ? texts.map((text) => record(type, owner, textBytes(text))) : []),
      ...(type === TYPES.A || type === TYPES.AAAA ? addresses.filter((address) => address.includes(":") === (type === TYPES.AAAA)).map((address) => record(type, owner, addressBytes(address))) : []),
    ];
    const known = turns !== undefined || texts.length > 0 || alias !== undefined;
    const header = Buffer.alloc(12);
    query.copy(header, 0, 0, 2);
    header.writeUInt16BE(known ? 0x8180 : 0x8183, 2);
    header.writeUInt16BE(1, 4);
    header.writeUInt16BE(records.length, 6);
    socket.send(Buffer.concat([header, query.subarray(12, end), ...records]), from.port, from.address);
  });
  socket.bind(0, "127.0.0.1");
  await once(socket, "listening");
  return {
    address: `127.0.0.1:${socket.address().port}`,
    set: (name, addresses) => {
      names.set(name, Array.isArray(addresses[0]) ? (addresses as string[][]) : [addresses as string[]]);
      for (const type of [1, 28]) asked.delete(`${type} ${name}`);
    },
    setTexts: (name, texts) => void told.set(name.toLowerCase(), texts),
    setAlias: (name, target) => void aliases.set(name.toLowerCase(), target.toLowerCase()),
    asked: (name) => asked.get(`1 ${name}`) ?? 0,
    close: () => new Promise<void>((resolve) => socket.close(() => resolve())),
  };
}

function readQuestion(query: Buffer): { name: string; type: number; end: number } {
  const labels: string[] = [];
  let at = 12;
  for (let length = query[at] ?? 0; length > 0; length = query[at] ?? 0) {
    labels.push(query.toString("latin1", at + 1, at + 1 + length));
    at += length + 1;
  }
  return { name: labels.join(".").toLowerCase(), type: query.readUInt16BE(at + 1), end: at + 5 };
}

const TYPES = { A: 1, CNAME: 5, TXT: 16, AAAA: 28 } as const;
/** A pointer to the question's name. */
const SAME_NAME = Buffer.from([0xc0, 12]);

function record(type: number, owner: Buffer, data: Buffer): Buffer {
  const head = Buffer.alloc(10);
  head.writeUInt16BE(type, 0);
  head.writeUInt16BE(1, 2);
  head.writeUInt16BE(data.length, 8);
  return Buffer.concat([owner, head, data]);
}

function nameBytes(name: string): Buffer {
  return Buffer.concat([...name.split(".").map((label) => Buffer.concat([Buffer.from([label.length]), Buffer.from(label, "latin1")])), Buffer.from([0])]);
}

function textBytes(text: string): Buffer {
  const parts = text.match(/.{1,255}/gs) ?? [""];
  return Buffer.concat(parts.map((part) => Buffer.concat([Buffer.from([part.length]), Buffer.from(part, "latin1")])));
}

function addressBytes(address: string): Buffer {
  return address.includes(":") ? ipv6Bytes(address) : Buffer.from(address.split(".").map(Number));
}

function ipv6Bytes(address: string): Buffer {
  const [head = "", tail = ""] = address.split("::");
  const numbers = (half: string) => (half === "" ? [] : half.split(":").map((group) => Number.parseInt(group, 16)));
  const groups = address.includes("::") ? [...numbers(head), ...new Array<number>(8 - numbers(head).length - numbers(tail).length).fill(0), ...numbers(tail)] : numbers(address);
  return Buffer.from(groups.flatMap((group) => [group >> 8, group & 255]));
}
