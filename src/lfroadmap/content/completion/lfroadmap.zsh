#compdef lfroadmap
# Completion of lfroadmap for zsh. In ~/.zshrc, behind compinit: source <(lfroadmap completion zsh)

_lfroadmap() {
    local answer value
    local -a values shown
    for answer in ${(f)"$(${words[1]} completion --words "${(pj:\n:)${(@Q)words[1,CURRENT]}}"$'\n.' 2>/dev/null)"}; do
        if [[ $answer == ":files" ]]; then
            _files
            continue
        fi
        value=${answer%%$'\t'*}
        values+=("$value")
        if [[ $answer == *$'\t'* ]]; then
            shown+=("$value  ${answer#*$'\t'}")
        else
            shown+=("$value")
        fi
    done
    (( ${#values} )) && compadd -l -d shown -a values
}

compdef _lfroadmap lfroadmap
