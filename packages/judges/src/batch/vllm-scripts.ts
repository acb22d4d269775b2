/** What `vllm.sh` exits with when files are left that somebody must free: EX_TEMPFAIL of sysexits.h. */
export const LEFT_CLAIMED = 75

/** A task at work touches its claim so often; one that was not touched for so long is of a task that was killed. */
const BEAT_SECONDS = 60
const STALE_MINUTES = 10

/**
 * A script that answers every file of requests in its folder that has no results yet. Several may run at once, on several
 * machines that share the folder: each claims a file before it begins. What it is told goes on to vLLM.
 *
 * `vllm run-batch` writes results while it works: they lie in the claim, and take their place when they are whole.
 *
 * It exits with 0 when nothing is left for this task: all files have results, or other tasks are at work on the rest; with
 * `LEFT_CLAIMED` when files are left whose tasks were killed, naming the command that frees them; and with vLLM's own code
 * when that fails, its claim given back.
 *
 * @see https://docs.vllm.ai/en/latest/cli/run-batch.html
 */
export function vllmScript(model: string): string {
  return `#!/usr/bin/env bash
# Written by judgelab. Answers each file of requests beside it that has no results yet.
#   one GPU                      bash vllm.sh
#   a model over 8 GPUs          bash vllm.sh --tensor-parallel-size 8
#   a model on each of 8 GPUs    bash vllm.sh --data-parallel-size 8
#   a model over 2 nodes of 8    bash vllm.sh --tensor-parallel-size 8 --pipeline-parallel-size 2 \\
#                                  --distributed-executor-backend ray     (after: ray start, on both)
#   a node, or GPU, for a file   sbatch vllm.slurm
#
# Ends with 0 when nothing is left for this task: all files have results, or other tasks are at work on the rest; with
# ${LEFT_CLAIMED} when files are left whose tasks were killed, and says how to free them; with vLLM's own code when that fails.
# JUDGELAB_FILES=1 answers one file and ends.
set -euo pipefail
cd "$(dirname "\${BASH_SOURCE[0]}")"
most="\${JUDGELAB_FILES:-0}"
answered=0
claim=''
beat=''
give_back() {
  [ -z "$beat" ] || kill "$beat" 2>/dev/null || true
  [ -z "$claim" ] || rm -rf "$claim"
  claim=''
  beat=''
}
trap give_back EXIT
for record in judgelab-*.batch.json; do
  name="\${record%.batch.json}"
  input="$name.jsonl"
  output="$name.output.jsonl"
  [ -e "$input" ] && [ ! -e "$output" ] || continue
  mkdir "$input.claim" 2>/dev/null || continue
  claim="$input.claim"
  # Says that this task is at work, as long as it is.
  (while sleep ${BEAT_SECONDS} && kill -0 $$; do touch -c "$claim"; done) </dev/null >/dev/null 2>&1 &
  beat=$!
  vllm run-batch -i "$input" -o "$claim/results.jsonl" --model ${shellWord(model)} "$@"
  mv "$claim/results.jsonl" "$output"
  give_back
  answered=$((answered + 1))
  [ "$answered" -ne "$most" ] || exit 0
done
at_work=0
left=()
for record in judgelab-*.batch.json; do
  name="\${record%.batch.json}"
  [ -d "$name.jsonl.claim" ] && [ -e "$name.jsonl" ] && [ ! -e "$name.output.jsonl" ] || continue
  if [ -n "$(find "$name.jsonl.claim" -prune -mmin +${STALE_MINUTES})" ]; then
    left+=("$PWD/$name.jsonl.claim")
  else
    at_work=$((at_work + 1))
  fi
done
[ "$at_work" -eq 0 ] || echo "other tasks are at work on $at_work of the files here; nothing is left for this one" >&2
if [ "\${#left[@]}" -gt 0 ]; then
  echo "\${#left[@]} of the files here are claimed by tasks that were killed. Free them, and start again:" >&2
  printf 'rm -r' >&2
  printf ' %q' "\${left[@]}" >&2
  echo >&2
  exit ${LEFT_CLAIMED}
fi
`
}

/** A Slurm array of as many tasks as there are files, at most eight at once; each task answers the first that is not claimed. */
export function slurmScript(files: number): string {
  return `#!/usr/bin/env bash
# Written by judgelab. One task a file, each with its own GPU; for a larger model ask for more, and tell vllm.sh.
#SBATCH --job-name=judgelab
#SBATCH --array=0-${Math.max(0, files - 1)}%8
#SBATCH --gres=gpu:1
#SBATCH --time=24:00:00
set -euo pipefail
JUDGELAB_FILES=1 bash "\${SLURM_SUBMIT_DIR:-.}/vllm.sh" "$@"
`
}

/** A text as one word of a shell’s command. */
export function shellWord(text: string): string {
  return /^[\w./:@%+,=-]+$/.test(text) ? text : `'${text.replaceAll("'", `'\\''`)}'`
}
