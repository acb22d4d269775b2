/** What `vllm.sh` exits with when all that is left is claimed by other tasks: EX_TEMPFAIL of sysexits.h. */
export const STILL_CLAIMED = 75

/**
 * A script that answers every file of requests in its folder that has no results yet. Several may run at once, on several
 * machines that share the folder: each claims a file before it begins. What it is told goes on to vLLM.
 *
 * `vllm run-batch` writes results while it works: they take their name when they are whole.
 *
 * A task that was killed leaves its claim, which nobody can tell from that of a task at work: where nothing but claimed
 * files is left, the script names the claims and ends with `STILL_CLAIMED`.
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
set -euo pipefail
cd "$(dirname "\${BASH_SOURCE[0]}")"
claim=''
trap '[ -z "$claim" ] || rmdir "$claim" 2>/dev/null || true' EXIT
for record in judgelab-*.batch.json; do
  name="\${record%.batch.json}"
  input="$name.jsonl"
  output="$name.output.jsonl"
  [ -e "$input" ] && [ ! -e "$output" ] || continue
  mkdir "$input.claim" 2>/dev/null || continue
  claim="$input.claim"
  vllm run-batch -i "$input" -o "$output.part" --model ${shellWord(model)} "$@"
  mv "$output.part" "$output"
  rmdir "$claim"
  claim=''
done
left=()
for record in judgelab-*.batch.json; do
  name="\${record%.batch.json}"
  [ -d "$name.jsonl.claim" ] && [ -e "$name.jsonl" ] && [ ! -e "$name.output.jsonl" ] || continue
  left+=("$PWD/$name.jsonl.claim")
done
if [ "\${#left[@]}" -gt 0 ]; then
  echo "claimed by other tasks, and without results yet: \${#left[@]} of the files here. If no task works on them any more, remove the claims and start again:" >&2
  printf 'rmdir' >&2
  printf ' %q' "\${left[@]}" >&2
  echo >&2
  exit ${STILL_CLAIMED}
fi
`
}

/** A Slurm array of as many tasks as there are files, at most eight at once; each task answers what is not claimed. */
export function slurmScript(files: number): string {
  return `#!/usr/bin/env bash
# Written by judgelab. One task a file, each with its own GPU; for a larger model ask for more, and tell vllm.sh.
#SBATCH --job-name=judgelab
#SBATCH --array=0-${Math.max(0, files - 1)}%8
#SBATCH --gres=gpu:1
#SBATCH --time=24:00:00
set -euo pipefail
bash "\${SLURM_SUBMIT_DIR:-.}/vllm.sh" "$@"
`
}

/** A text as one word of a shell’s command. */
export function shellWord(text: string): string {
  return /^[\w./:@%+,=-]+$/.test(text) ? text : `'${text.replaceAll("'", `'\\''`)}'`
}
