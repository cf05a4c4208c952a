#!/usr/bin/env bash
# Đưa các commit của checkout này lên nhánh $BRANCH; nhánh ấy không cho ghi thẳng thì mở một pull request.
# Pushes the commits of this checkout to $BRANCH, or opens a pull request where that branch takes no pushes.
# In: GH_TOKEN, BRANCH, GITHUB_SERVER_URL, GITHUB_REPOSITORY. Run by publish.yml, after take_patch.py has judged.
set -euo pipefail

proposal=may-ghi
remote="$GITHUB_SERVER_URL/$GITHUB_REPOSITORY"
base="$(git rev-parse --verify --quiet refs/remotes/origin/"$BRANCH")"

if [[ "$(git rev-parse HEAD)" == "$base" ]]; then
  echo 'Không có gì để ghi.'
  exit 0
fi

with_token() {
  # shellcheck disable=SC2016
  git -c credential.helper='!f() { echo username=x-access-token; echo "password=$GH_TOKEN"; }; f' "$@"
}

if with_token push --quiet "$remote" "HEAD:refs/heads/$BRANCH"; then
  exit 0
fi

now="$(with_token ls-remote "$remote" "refs/heads/$BRANCH" | cut -f1)"
if [[ "$now" != "$base" ]]; then
  echo '::notice title=push::Nhánh chính vừa có thay đổi mới; lần chạy của thay đổi ấy sẽ ghi.'
  exit 0
fi

# The proposal is always the newest: it is made of the main branch and all that is still to be written there.
with_token push --quiet --force "$remote" "HEAD:refs/heads/$proposal"
if [[ -n "$(gh pr list --repo "$GITHUB_REPOSITORY" --head "$proposal" --base "$BRANCH" --state open --json number --jq '.[].number')" ]]; then
  echo '::notice title=push::Nhánh chính không cho ghi thẳng; pull request đang mở đã được cập nhật.'
  exit 0
fi
if gh pr create --repo "$GITHUB_REPOSITORY" --head "$proposal" --base "$BRANCH" \
  --title 'Máy ghi: gói đã mở, sổ địa chỉ' \
  --body 'Trang đã được dựng và đăng với những thay đổi này. Nhận (merge) để kho cũng có chúng; chỉ có tệp trong content/.'; then
  echo '::notice title=push::Nhánh chính không cho ghi thẳng; đã mở một pull request.'
else
  echo "::warning title=push::Nhánh chính không cho ghi thẳng và GitHub không cho máy mở pull request (Settings → Actions → General). Mở pull request từ nhánh $proposal."
fi
