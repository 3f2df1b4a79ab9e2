/** Name under which an installation signs the tree heads of its log. */
export const logName = 'hengjian.local/log';
