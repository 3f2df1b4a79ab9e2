/** English texts of what every office needs around its records. */
export const enOffice = {
  'domain.correspondence': 'Messages and letters',
  outbox: 'Outbox',
  'outbox.lead': 'SMS, e-mail, government chat and in-app messages: what was not sent comes first.',
  'outbox.no-service': 'A message is a notice, not service; terms run from the paper as served (order 2 art. 82(3)).',
  'outbox.preferences': 'Message preferences of {name}',
  'outbox.empty': 'No messages yet',
  'outbox.empty.text':
    'When a term is near, a hand-over arrives or a notice was served, people are told as they prefer; all of it is listed here.',
  'outbox.addressee': 'Addressee · channel',
  'outbox.text': 'Text',
  'outbox.when': 'When',
  'outbox.next': 'Next step',
  'outbox.attempts': '({n} {n|attempt|attempts})',
  'outbox.retry': 'Send again',
  'outbox.about': 'Its record',
  'letters.from-here': 'Letters and talks',
};
