export default {
  title: 'Where I am signed in',
  note: 'These devices are signed in to your account. If you do not know one, sign it out and change your password.',
  column: { device: 'Device', address: 'Last used from', began: 'Signed in', used: 'Last used', action: 'Action' },
  device: '{browser} on {system}',
  unknownDevice: 'Unknown device',
  unknownAddress: 'unknown',
  here: 'this device',
  end: 'Sign out',
  endAll: 'Sign out everywhere',
  endAllNote: 'On this device as well. What you have typed and not submitted stays on each device.',
  ending: {
    text: 'Your session ends at {time}.',
    go: 'Enter your password to go on. Either way, what you have typed stays on this device.',
    demo: 'Press “Continue” to go on. Either way, what you have typed stays on this device.',
    password: 'Password',
    renew: 'Continue',
  },
}
