import type { FieldView, Label } from '../api.ts';
import type { Need } from './needs.tsx';

/** One action as a form carries it out. */
export type Task = {
  entityName: string;
  action: string;
  label: Label;
  basis: string;
  input: FieldView[];
  needs: Need[];
  approval: Label[] | null;
  danger: boolean;
  /** The record a new one comes from. */
  parent?: string;
};
