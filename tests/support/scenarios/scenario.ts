/** What a function may be asked, as rows: the budgets are tested by them, the roles compared with them, and the bench measures them. */
import { kindOf } from "#store/table";
import type { Store } from "#store/write";
import type { TestWorld } from "../ports.ts";
import type { Twin } from "../twin.ts";

/** What an act cost in round trips, settings warm, and the refusal that it ended in. A list is a reading. */
export interface Cost {
  readonly reads: number;
  readonly commits: number;
  readonly refusal?: string;
}

/** Puts another store in the place of the twin, or before it. */
export type Replace = (twin: Twin) => Store;

/** Something that is done in a slice's world; `given` is what its setting has begun with. */
export type Act<Place, Given> = (place: Place, given: Given) => Promise<unknown>;

/** A row of a slice: which function, what it is asked, what has to be before, and what it costs. */
export interface Row<Place, Given> {
  /** `<slice>/<function>`. */
  readonly endpoint: string;
  /** What is asked, in words; unique within the function. */
  readonly act: string;
  readonly before?: Act<Place, Given>;
  readonly asked: Act<Place, Given>;
  readonly cost: Cost;
}

/** What the rows of a slice are played in. */
export interface Setting<Place extends { readonly world: TestWorld }, Given> {
  /** Opens the world and puts there, on the twin, what a slice needs before it can be asked anything. */
  readonly open: (replace: Replace) => Promise<Place>;
  /** Asks through the endpoints, before every row, so that there is something to ask about and settings are warm. */
  readonly begin: (place: Place) => Promise<Given>;
}

/** A row with its setting: a scenario like that of any other slice. */
export interface Scenario extends Pick<Row<never, never>, "endpoint" | "act" | "cost"> {
  readonly open: (replace: Replace) => Promise<{
    readonly world: TestWorld;
    readonly prepare: () => Promise<void>;
    readonly ask: () => Promise<unknown>;
  }>;
}

/** The scenarios that a slice's rows are in its setting. */
export const scenariosIn = <Place extends { readonly world: TestWorld }, Given>(
  setting: Setting<Place, Given>,
  rows: readonly Row<Place, Given>[],
): readonly Scenario[] =>
  rows.map(({ endpoint, act, before, asked, cost }) => ({
    endpoint,
    act,
    cost,
    open: async (replace) => {
      const place = await setting.open(replace);
      let given: Given;
      return {
        world: place.world,
        prepare: async () => {
          given = await setting.begin(place);
          await before?.(place, given);
        },
        ask: () => asked(place, given),
      };
    },
  }));

/** What a scenario is played on: the store that its world gets, what `twin` was filled with put there too, and `begin` called before what is measured. */
export interface Stage {
  readonly open: Replace;
  readonly fill?: (twin: Twin) => Promise<void>;
  readonly begin?: (world: TestWorld) => void;
}

/** A store whose round trips are counted. */
const counting = (store: Store, calls: { reads: number; commits: number }): Store => ({
  read: (keys) => {
    calls.reads += 1;
    return store.read(keys);
  },
  readEach: (keys) => {
    calls.reads += 1;
    return store.readEach(keys);
  },
  list: (range) => {
    calls.reads += 1;
    return store.list(range);
  },
  commit: (writes, token) => {
    // The limiter's writes are apart: no contract counts them (DESIGN 5).
    if (writes.some(({ key }) => kindOf(key) !== "rate")) calls.commits += 1;
    return store.commit(writes, token);
  },
});

/** Plays a scenario and tells what it cost, on the twin unless another stage is given; throws where another function answered, or a fault was logged. */
export const play = async (scenario: Scenario, stage: Stage = { open: (twin) => twin }): Promise<Cost> => {
  const calls = { reads: 0, commits: 0 };
  const { world, prepare, ask } = await scenario.open((twin) => counting(stage.open(twin), calls));
  await stage.fill?.(world.twin);
  await prepare();
  Object.assign(calls, { reads: 0, commits: 0 });
  stage.begin?.(world);
  const { logs } = world.telemetry;
  const before = logs.length;
  await ask();
  const told = logs.slice(before).map(({ fields }) => fields);
  const { endpoint, refusal } = told.at(-1) ?? {};
  const fault = told.find((fields) => fields.fault !== undefined)?.fault;
  if (fault !== undefined || endpoint !== scenario.endpoint)
    throw new Error(`${scenario.endpoint}, ${scenario.act}: ${fault ?? `${endpoint ?? "nobody"} answered`}`);
  return { ...calls, ...(refusal !== undefined && { refusal }) };
};
