import { expect, test } from "vitest";
import { clientAddress, trustedProxies } from "#lib/http/index.ts";

const proxies = trustedProxies(["10.0.0.0/8", "fd00::/8"]);

test.each([
  ["203.0.113.7", undefined, "203.0.113.7"],
  ["203.0.113.7", "198.51.100.1", "203.0.113.7"],
  ["10.0.0.1", "192.0.2.1, 198.51.100.1, 10.0.0.2", "198.51.100.1"],
  ["10.0.0.1", "192.0.2.1, nonsense", "10.0.0.1"],
  ["::ffff:203.0.113.7", undefined, "203.0.113.7"],
  ["::ffff:cb00:7107", undefined, "203.0.113.7"],
  ["10.0.0.1", "::FFFF:198.51.100.1", "198.51.100.1"],
  ["::ffff:10.0.0.1", "198.51.100.1", "198.51.100.1"],
  ["10.0.0.1", "  198.51.100.1\t,10.0.0.2 ", "198.51.100.1"],
  ["10.0.0.1", "198.51.100.1:4711", "198.51.100.1"],
  ["10.0.0.1", "[2001:db8::1]:443", "2001:db8:0:0::/64"],
  ["10.0.0.1", "198.51.100.1,,10.0.0.2", "10.0.0.1"],
  ["10.0.0.1", "unknown", "10.0.0.1"],
  ["10.0.0.1", "", "10.0.0.1"],
  ["10.0.0.1", "198.51.100.010", "10.0.0.1"],
  ["10.0.0.1", "for=198.51.100.1", "10.0.0.1"],
  ["10.0.0.1", "10.9.9.9, 10.0.0.2", "10.0.0.1"],
  ["10.0.0.1", `${"198.51.100.1,".repeat(40)}${"10.0.0.2,".repeat(40)}10.0.0.3`, "10.0.0.1"],
  [undefined, "198.51.100.1", ""],
])("a request from %s with X-Forwarded-For %s counts as %s", (socket, forwarded, counted) => {
  expect(clientAddress(socket, forwarded, proxies)).toBe(counted);
});

test.each([
  ["2001:db8:1:2::1", "2001:db8:1:2:ffff:ffff:ffff:fffe"],
  ["2001:db8::1", "2001:db8:0:0:1::"],
  ["2001:0DB8:0001:0002::9", "2001:db8:1:2::1"],
  ["::1", "0:0:0:0:0:0:0:2"],
  ["1::2:3:4:5:6:7", "1:0:2:3:4:5:6:8"],
])("%s and %s are of one network and count as one", (one, other) => {
  expect(clientAddress("fd00::1", one, proxies)).toBe(clientAddress(other, undefined, proxies));
  expect(clientAddress(one, undefined, proxies)).not.toBe(clientAddress("2001:db8:ffff:1::1", undefined, proxies));
});

test("a list that names IPv4 inside IPv6 trusts the same proxies", () => {
  expect(clientAddress("10.0.0.1", "198.51.100.1", trustedProxies(["::ffff:10.0.0.0/104"]))).toBe("198.51.100.1");
});

test("whatever a client puts before what the proxy appended, it counts as itself", () => {
  for (const invented of ["10.0.0.9", "127.0.0.1", "nonsense", ", ,", "[::1]", '"', "\u0000", "198.51.100.99", "::ffff:7f00:1"]) {
    expect(clientAddress("10.0.0.1", `${invented}, 203.0.113.9`, proxies)).toBe("203.0.113.9");
    expect(clientAddress("203.0.113.9", invented, proxies)).toBe("203.0.113.9");
  }
});
