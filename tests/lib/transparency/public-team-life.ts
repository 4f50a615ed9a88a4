import type { Principal } from "#lib/accounts/index.ts";
import { restorePublisher, suspendPublisher } from "#lib/admin/index.ts";
import { acceptTransfer, decideClaim, fileClaim, offerTransfer } from "#lib/teams/index.ts";
import { recheckName, removeName, requestName, listNames } from "#lib/trust/index.ts";
import { makePerson, makePublisher } from "#tests/support/accounts.ts";
import { startNameServer } from "#tests/support/name-server.ts";
import type { TestDeps } from "#tests/support/test-deps.ts";

/** Does everything once that the record tells of a publisher beside what it publishes; `listing` goes to another publisher and stays there. */
export async function liveInPublicAsTeam(deps: TestDeps, owner: Principal, publisher: string, listing: string): Promise<void> {
  const other = await makePublisher(deps, owner);
  const { id } = await offerTransfer(deps, { principal: owner, listing, to: other, reason: "The harbour keeps it now." });
  await acceptTransfer(deps, { principal: owner, id });
  for (const change of [suspendPublisher, restorePublisher]) await change(deps, { principal: owner, slug: publisher, reason: "A complaint is looked into." });
  await proveAndLose(deps, owner, publisher);
  await handOver(deps, owner);
}

/** Two domains: one is lost, one taken back. */
async function proveAndLose(deps: TestDeps, owner: Principal, publisher: string): Promise<void> {
  const names = await startNameServer();
  const web = { nameServers: [names.address] };
  const [lost, removed] = ["lost.example.com", "removed.example.com"];
  for (const domain of [lost, removed]) {
    const { id } = await requestName(deps, { principal: owner, slug: publisher, domain, method: "dns" });
    const value = (await listNames(deps.db, publisher)).find((name) => name.id === id)?.proof.value ?? "";
    names.setTexts(`_kos-publisher.${domain}`, [value]);
    await recheckName(deps, { proofId: id }, web);
    names.setTexts(`_kos-publisher.${domain}`, []);
    if (domain === removed) await removeName(deps, { principal: owner, slug: publisher, id });
    else {
      await deps.db.nameProof.update({ where: { id }, data: { failures: 2, checkedAt: new Date(deps.now().getTime() - 4 * 86_400_000) } });
      await recheckName(deps, { proofId: id }, web);
    }
  }
  await names.close();
}

/** A publisher whose only owner is gone gets another. */
async function handOver(deps: TestDeps, decider: Principal): Promise<void> {
  const gone = await makePerson(deps);
  const slug = await makePublisher(deps, gone);
  await deps.db.user.update({ where: { id: gone.userId }, data: { suspendedAt: deps.now(), deletedAt: deps.now() } });
  const { id } = await fileClaim(deps, { principal: await makePerson(deps), kind: "publisher", subject: slug, publisher: null, evidence: "We wrote it together." });
  await deps.db.nameClaim.update({ where: { id }, data: { noticeUntil: deps.now() } });
  await decideClaim(deps, { principal: decider, id, grant: true, reason: "Nobody objected." });
}
