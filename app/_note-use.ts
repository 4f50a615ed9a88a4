import { noteSessionUse, type Principal } from "#lib/accounts/index.ts";
import { health, type Deps } from "#lib/runtime/index.ts";
import { placeOf } from "./_place.ts";

/** Notes beside the answer that a session was used; never in its way, and not while nothing may be written. */
export function noteUse(deps: Deps, principal: Principal | null, headers: Pick<Headers, "get">): void {
  if (principal?.sessionId == null || health().readOnly !== null) return;
  void noteSessionUse(deps.db, { sessionId: principal.sessionId, place: () => placeOf(headers), now: deps.now() });
}
