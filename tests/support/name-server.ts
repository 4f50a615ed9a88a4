import { createSocket } from "node:dgram";
import { once } from "node:events";

export interface NameServer {
  /** `address:port`, as a resolver takes it. */
  address: string;
  /** What a name has from now on. A list of lists answers each question of its kind with the next, and stays at the last. */
  set: (name: string, addresses: string[] | string[][]) => void;
  /** Questions for addresses of IPv4 so far. */
  asked: (name: string) => number;
  close: () => Promise<void>;
}

/** A DNS server on loopback (RFC 1035) that knows A and AAAA of the names it was told, and nothing of any other; `silent.` names get no answer. */
export async function startNameServer(): Promise<NameServer> {
  const socket = createSocket("udp4");
  const names = new Map<string, string[][]>();
  const asked = new Map<string, number>();
  socket.on("message", (query, from) => {
    const { name, type, end } = readQuestion(query);
    if (name.startsWith("silent.")) return;
    const turns = names.get(name);
    const turn = asked.get(`${type} ${name}`) ?? 0;
    asked.set(`${type} ${name}`, turn + 1);
    const addresses = turns?.[Math.min(turn, turns.length - 1)] ?? [];
    const records = addresses.filter((address) => address.includes(":") === (type === 28)).map((address) => record(type, address));
    const header = Buffer.alloc(12);
    query.copy(header, 0, 0, 2);
    header.writeUInt16BE(turns === undefined ? 0x8183 : 0x8180, 2);
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

function record(type: number, address: string): Buffer {
  const data = type === 1 ? Buffer.from(address.split(".").map(Number)) : ipv6Bytes(address);
  const head = Buffer.from([0xc0, 12, 0, type, 0, 1, 0, 0, 0, 0, 0, data.length]);
  return Buffer.concat([head, data]);
}

function ipv6Bytes(address: string): Buffer {
  const [head = "", tail = ""] = address.split("::");
  const numbers = (half: string) => (half === "" ? [] : half.split(":").map((group) => Number.parseInt(group, 16)));
  const groups = address.includes("::") ? [...numbers(head), ...new Array<number>(8 - numbers(head).length - numbers(tail).length).fill(0), ...numbers(tail)] : numbers(address);
  return Buffer.from(groups.flatMap((group) => [group >> 8, group & 255]));
}
