import table from '../artefacts/company-prefixes.json' with { type: 'json' };
import { type CompanyPrefixLength, companyPrefixLengthFrom } from './company-prefix.ts';

/**
 * Lengths of GS1 company prefixes by the GCP Prefix Format List of GS1 (edition in `companyPrefixTable`). It is an entry
 * point of its own, because it weighs 130 KB (55 KB compressed) and many callers know their prefixes.
 */
export const gs1CompanyPrefixLength: CompanyPrefixLength = companyPrefixLengthFrom(table);

/** Where the table comes from. */
export const companyPrefixTable: { readonly edition: string; readonly source: string } = {
  edition: table.edition,
  source: table.source,
};
