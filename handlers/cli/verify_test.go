package cli

import (
	"database/sql/driver"
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"vitrine/db"
)

