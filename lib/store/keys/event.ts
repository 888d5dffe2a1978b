/** The key of what every slice may record. */
import type { Key } from "#store/item";
import { partition } from "#store/table";

/** An event. */
export const eventKey = (owner: string, event: string): Key => ({ pk: partition(owner, "event", event), sk: "event" });
