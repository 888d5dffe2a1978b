/** The sections of the bench, in the order they are measured and printed. */
import { measureFlatness } from "./flat.ts";
import { measureHandlers } from "./handler.ts";
import { measureHttp } from "./http.ts";
import { measureImports } from "./imports.ts";
import { measureIo } from "./io.ts";
import { measureProfile } from "./profile.ts";
import type { Measure } from "./report.ts";
import { measureSweep } from "./sweep.ts";

interface Section {
  readonly measure: Measure;
  /** Measured only where it is named. */
  readonly isOptional?: boolean;
}

/** By the name that `npm run bench -- <name>` knows them by. */
export const sections: Readonly<Record<string, Section>> = {
  io: { measure: measureIo },
  flat: { measure: measureFlatness },
  import: { measure: measureImports },
  handler: { measure: measureHandlers },
  http: { measure: measureHttp },
  sweep: { measure: measureSweep },
  profile: { measure: measureProfile, isOptional: true },
};
