'use strict';
// Asks the run for something, after asking the person; then tells what became of it.
const ASKS = {
  CHECKPOINT: ['Take a checkpoint?', 'The weights, optimizer and offsets are written and committed at the next step boundary. Training goes on.', 'Take a checkpoint', 'A checkpoint was asked for; it is taken at the next step boundary.'],
  RELEASE: ['Make a release?', 'The learning rate is brought down on a branch of the run, and the result is committed as a release. The run itself goes on from where it branched.', 'Make a release', 'A release was asked for.'],
  PAUSE: ['Pause training?', 'The run stands still at the next step boundary and keeps its place. Images wait in the log. A restart ends the pause.', 'Pause', 'A pause was asked for.'],
  RESUME: ['Resume training?', 'The run goes on with the images that waited.', 'Resume', 'The run was asked to go on.'],
};
const KIND_WORDS = { CHECKPOINT: 'checkpoint', RELEASE: 'release', PAUSE: 'pause', RESUME: 'resume' };
let secret = null;
let asked = null;

function tell(text) {
  say(at('said'), text);
}

async function pageSecret() {
  if (!secret) {
    const answer = await fetch('/api/session');
    if (!answer.ok) throw new Error(`the page is not admitted (${answer.status}); reload it`);
    secret = (await answer.json()).secret;
  }
  return secret;
}

async function post(kind, reason) {
  return fetch('/api/commands', {
    method: 'POST', headers: { 'Content-Type': 'application/json', 'X-Maestream-Page': await pageSecret() }, body: JSON.stringify({ kind, reason }),
  });
}

async function send(kind, reason) {
  try {
    let answer = await post(kind, reason);
    if (answer.status === 401) {
      // The trainer was started again: its secret is another one.
      secret = null;
      answer = await post(kind, reason);
    }
    if (!answer.ok) throw new Error((await answer.text()).trim());
    asked = { kind, id: (await answer.json()).id };
    tell(ASKS[kind][3]);
  } catch (failure) {
    tell(`Not sent: ${failure.message}`);
  }
}

function confirmAsk(kind) {
  const [title, text, yes] = ASKS[kind];
  say(at('ask-title'), title);
  say(at('ask-text'), text);
  say(at('ask-yes'), yes);
  at('ask-yes').dataset.kind = kind;
  at('ask-reason').value = '';
  at('ask').showModal();
  at('ask-yes').focus();
}

function answerAsk() {
  at('ask').close();
  send(at('ask-yes').dataset.kind, at('ask-reason').value);
}

document.querySelectorAll('button[data-kind]:not(#ask-yes)').forEach(button => button.addEventListener('click', () => confirmAsk(button.dataset.kind)));
at('ask-no').addEventListener('click', () => at('ask').close());
at('ask-yes').addEventListener('click', answerAsk);
at('ask-reason').addEventListener('keydown', event => { if (event.key === 'Enter') answerAsk(); });

function showCommands(state) {
  const paused = state.status.state === 'paused';
  document.querySelector('button[data-kind="PAUSE"]').hidden = paused;
  document.querySelector('button[data-kind="RESUME"]').hidden = !paused;
  if (!asked) return;
  const command = state.commands.find(c => c.id === asked.id);
  const taken = state.checkpoints.find(c => c.reason.includes(asked.id));
  if (taken) {
    tell(`${sentence(KIND_WORDS[asked.kind])} ${taken.id} is committed.`);
    asked = null;
  } else if (command && command.refused) {
    tell(`The trainer refused: ${command.refused}.`);
    asked = null;
  } else if (command && (asked.kind === 'PAUSE' || asked.kind === 'RESUME')) {
    tell(asked.kind === 'PAUSE' ? 'Training is paused.' : 'Training goes on.');
    asked = null;
  }
}
