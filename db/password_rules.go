package db

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/ccojocar/zxcvbn-go"
	"golang.org/x/text/unicode/norm"
)

const (
	PasswordShortest = 10
	passwordLongest  = 256
	// What is looked at for its strength: the work grows faster than the text.
	passwordJudged = 64
	// Score 2 and more takes at least a hundred million guesses. A list of the
	// commonest passwords alone would refuse nearly nothing: of the 7,141 in the
	// library's only 43 have ten characters. Its score also finds them with
	// digits and signs around, in other letters, repeated, and runs of keys.
	passwordScore = 2
)

// typedPassword is a password in the one form in which it is hashed and compared.
func typedPassword(field, text string) (string, error) {
	text = norm.NFC.String(text)
	switch {
	case text == "":
		return "", invalid(field, "password.empty")
	case !utf8.ValidString(text):
		return "", invalid(field, "text.broken")
	case utf8.RuneCountInString(text) > passwordLongest:
		return "", invalid(field, "text.long", "Max", passwordLongest)
	}
	return text, nil
}

// PasswordFits refuses as Invalid what SetPassword would not take as a new password.
func (s *Store) PasswordFits(actor Actor, text string) error {
	_, err := s.newPassword(actor, text)
	return err
}

// newPassword refuses what is easily guessed: short, common, or made of what
// everybody knows about the actor.
func (s *Store) newPassword(actor Actor, text string) (string, error) {
	password, err := typedPassword("password", text)
	if err != nil {
		return "", err
	}
	runes := []rune(password)
	if len(runes) < PasswordShortest {
		return "", invalid("password", "password.short", "Min", PasswordShortest)
	}
	workspace, err := s.Workspace()
	if err != nil {
		return "", err
	}
	known := knownWords(actor.Name, actor.Email, workspace.Name)
	if rest := cutOut(plainLetters(password), known); utf8.RuneCountInString(rest) < PasswordShortest-2 && rest != plainLetters(password) {
		return "", invalid("password", "password.yours")
	}
	judged := string(runes[:min(len(runes), passwordJudged)])
	if zxcvbn.PasswordStrength(judged, known).Score < passwordScore {
		return "", invalid("password", "password.common")
	}
	return password, nil
}

// knownWords are the words of texts that are long enough to matter.
func knownWords(texts ...string) []string {
	var words []string
	for _, text := range texts {
		for _, word := range strings.FieldsFunc(plainLetters(text), func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) }) {
			if utf8.RuneCountInString(word) >= 4 {
				words = append(words, word)
			}
		}
	}
	return words
}

func cutOut(text string, words []string) string {
	for _, word := range words {
		text = strings.ReplaceAll(text, word, "")
	}
	return text
}

// plainLetters takes case and accents away.
func plainLetters(text string) string {
	return strings.Map(func(r rune) rune {
		if unicode.Is(unicode.Mn, r) {
			return -1
		}
		return unicode.ToLower(r)
	}, norm.NFD.String(text))
}
