/** Inputs of one reference case, as read from its JSON file. */
export type VectorInputs = Readonly<Record<string, unknown>>;

/** Method name of the reference vectors → the function that computes it from the case's inputs. */
export type VectorRegistry = Readonly<Record<string, (inputs: VectorInputs) => unknown>>;
