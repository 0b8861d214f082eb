export default {
  title: 'Operation',
  ready: 'The server is well: it can read and write.',
  notReady:
    'The server cannot write at the moment. Everything reported is there and can be read; new reports are not taken.',
  since: 'since {at}',
  cause: {
    diskFull: 'The disk is full. This ends by itself when there is room.',
    readOnly: 'The data file is read-only, or the disk refuses to write. This ends by itself with its cause.',
    fileGone:
      'The data file was deleted or moved away. The server still holds everything: make a backup now, restore it and start again.',
    fileReplaced:
      'The data file was replaced by another. The server still holds everything of the first: make a backup now, restore it and start again.',
    lockLost: 'The lock on the data file is gone, so another server could start. Stop this one and start it again.',
    logDamaged: 'The log is damaged (see below). Stop the server and restore a backup.',
    foldBehind: 'What is shown lags behind the log.',
    closing: 'The server is stopping.',
    notOpen: 'The server is starting.',
  },
  log: {
    title: 'Log and backups',
    head: 'The log has {n} events.',
    kept: 'Noted outside the file: event {n}, {at}.',
    notKept:
      'Nothing is noted outside the file: that it was deleted, or replaced by an older one, would not show at a start.',
    backup: 'Last backup: {at}, up to event {n}.',
    noBackup: 'No backup is on record yet.',
    how: 'Backups are made on the server by {command}, while it runs.',
  },
  verify: {
    title: 'Check of the log',
    note: 'Every start checks the end of the log first and then, in the background, all of it: that each event follows from the one before, that the units, counters, people and questions it names are there, and that the figures shown are those of a fresh count.',
    running: 'The check after the start is not finished yet (since {at}).',
    failed: 'The check could not be finished ({at}); the server’s own log says why.',
    whole: 'All is whole: {events} events, {commands} commands, {states} sets of figures, {at}.',
    bad: 'Damage was found, {at}:',
  },
  event: 'event {seq}',
  eventOf: 'event {seq} ({type})',
  finding: {
    seq: 'Where event {expected} should be there is {event}: events are missing or were moved.',
    chain:
      'The first bad event is {event}: it does not follow from the one before, so it was changed, moved or put in.',
    unknown: 'The first is {event}: this version does not know its type (version {v}).',
    subject: 'The first bad event is {event}: it is filed under something that it is not about.',
    reference: 'The first bad event is {event}: it names the {what} “{id}”, which is not there.',
    fold: 'The first bad event is {event}: it makes no sense after those before it ({why}).',
    answer: 'What is kept of the command “{command}” is missing or was changed.',
    state: 'The figures as of {event} ({what}) are not those of a fresh count.',
    tables: 'The tables are not those of this version ({why}).',
    pages: 'The database finds its own pages damaged ({why}).',
    head: 'It is not the log that the server had ({why}).',
  },
  what: {
    member: 'person',
    unit: 'unit',
    counter: 'counter',
    issue: 'question',
    offer: 'offer',
    category: 'category',
    article: 'article',
    programme: 'programme’s',
  },
}
